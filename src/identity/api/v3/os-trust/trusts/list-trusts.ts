import { Type } from 'typebox';
import { requestErrors } from '#base/errors.ts';
import { listTrusts } from '../../../../trusts/list.ts';
import { listAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { listBody, pageParameters, pageRequest } from '../../lists.ts';
import { briefTrustBody, briefTrustSchema } from './wire.ts';

export const listTrustsEndpoint = endpoint({
  method: 'GET',
  path: '/OS-TRUST/trusts',
  summary: 'List trusts, of oneself as trustor or trustee, or with permission any.',
  requires: [],
  query: Type.Object({
    trustor_user_id: Type.Optional(Type.String()),
    trustee_user_id: Type.Optional(Type.String()),
    ...pageParameters,
  }),
  status: 200,
  response: listAnswer('trusts', briefTrustSchema),
  errors: [requestErrors.policyRefused],
  handle: async (service, call) => {
    const { trustor_user_id: trustorUserId, trustee_user_id: trusteeUserId } = call.query;
    const filters = { trustorUserId, trusteeUserId };
    const page = await listTrusts(service, call.actor, filters, pageRequest(call.query));
    return listBody(call, '/OS-TRUST/trusts', 'trusts', page, briefTrustBody);
  },
});
