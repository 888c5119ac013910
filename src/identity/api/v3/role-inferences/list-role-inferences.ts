import { reachesDomain } from '#policy/actor.ts';
import { listInferenceRules } from '../../../roles/list.ts';
import { listAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { wholeListBody } from '../lists.ts';
import { inferenceBody, inferenceSchema } from '../roles/wire.ts';

export const listRoleInferences = endpoint({
  method: 'GET',
  path: '/role_inferences',
  summary: 'List which roles imply which.',
  requires: ['identity:impliedRoles:list'],
  status: 200,
  response: listAnswer('role_inferences', inferenceSchema),
  handle: async (service, call) => {
    const all = await listInferenceRules(service);
    const rules = all.filter(
      ({ prior }) => prior.domainId === null || reachesDomain(call.actor, prior.domainId),
    );
    const bodies = rules.map((rule) => inferenceBody(rule, call.root));
    return wholeListBody(call, '/role_inferences', 'role_inferences', bodies);
  },
});
