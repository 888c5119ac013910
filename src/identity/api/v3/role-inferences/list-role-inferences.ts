import { listInferenceRules } from '../../../roles/list.ts';
import { endpoint } from '../../endpoint.ts';
import { wholeListBody } from '../lists.ts';
import { inferenceBody } from '../roles/wire.ts';

export const listRoleInferences = endpoint({
  method: 'GET',
  path: '/role_inferences',
  summary: 'List which roles imply which.',
  requires: ['identity:roles:list'],
  status: 200,
  handle: async (service, call) => {
    const rules = await listInferenceRules(service);
    const bodies = rules.map((rule) => inferenceBody(rule, call.root));
    return wholeListBody(call, '/role_inferences', 'role_inferences', bodies);
  },
});
