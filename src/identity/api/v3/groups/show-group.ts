import { identityErrors } from '../../../errors.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { anyGroup } from './target.ts';
import { groupBody, groupSchema } from './wire.ts';

export const showGroup = endpoint({
  method: 'GET',
  path: '/groups/{group_id}',
  summary: 'Show a group.',
  requires: ['identity:groups:get'],
  status: 200,
  response: oneAnswer('group', groupSchema),
  errors: [identityErrors.groupNotFound],
  target: anyGroup,
  handle: async (_service, call, group) => ({ group: groupBody(group, call.root) }),
});
