import { Type } from 'typebox';
import { listPolicies } from '../../../policy-blobs/list.ts';
import { listAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { wholeListBody } from '../lists.ts';
import { policyBody, policySchema } from './wire.ts';

export const listPoliciesEndpoint = endpoint({
  method: 'GET',
  path: '/policies',
  summary: 'List policy texts that are kept for other services.',
  requires: ['identity:policyTexts:list'],
  query: Type.Object({ type: Type.Optional(Type.String()) }),
  status: 200,
  response: listAnswer('policies', policySchema),
  handle: async (service, call) => {
    const { type } = call.query;
    const bodies = (await listPolicies(service))
      .filter((policy) => type === undefined || policy.type === type)
      .map((policy) => policyBody(policy, call.root));
    return wholeListBody(call, '/policies', 'policies', bodies);
  },
});
