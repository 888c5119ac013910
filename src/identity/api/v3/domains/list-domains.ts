import { Type } from 'typebox';
import { listDomains } from '../../../domains/list.ts';
import { endpoint } from '../../endpoint.ts';
import { isTrue, listBody, pageParameters, pageRequest } from '../lists.ts';
import { domainBody } from './wire.ts';

export const listDomainsEndpoint = endpoint({
  method: 'GET',
  path: '/domains',
  summary: 'List domains.',
  requires: ['identity:domains:list'],
  query: Type.Object({
    name: Type.Optional(Type.String()),
    enabled: Type.Optional(Type.String()),
    ...pageParameters,
  }),
  status: 200,
  handle: async (service, call) => {
    const filters = { name: call.query.name, isEnabled: isTrue(call.query.enabled) };
    const page = await listDomains(service, filters, pageRequest(call.query));
    return listBody(call, '/domains', 'domains', page, domainBody);
  },
});
