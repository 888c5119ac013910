import { Type } from 'typebox';
import { listDomains } from '../../../domains/list.ts';
import { listAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import {
  isTrue,
  listBody,
  nameParameters,
  namesAsked,
  pageParameters,
  pageRequest,
} from '../lists.ts';
import { domainBody, domainSchema } from './wire.ts';

export const listDomainsEndpoint = endpoint({
  method: 'GET',
  path: '/domains',
  summary: 'List domains.',
  requires: ['identity:domains:list'],
  query: Type.Object({
    ...nameParameters,
    enabled: Type.Optional(Type.String()),
    ...pageParameters,
  }),
  status: 200,
  response: listAnswer('domains', domainSchema),
  handle: async (service, call) => {
    const filters = { ...namesAsked(call.query), isEnabled: isTrue(call.query.enabled) };
    const page = await listDomains(service, filters, pageRequest(call.query));
    return listBody(call, '/domains', 'domains', page, domainBody);
  },
});
