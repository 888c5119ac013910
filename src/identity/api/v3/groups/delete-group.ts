import { identityErrors } from '../../../errors.ts';
import { deleteGroup } from '../../../groups/delete.ts';
import { endpoint } from '../../endpoint.ts';
import { anyGroup } from './target.ts';

export const deleteGroupEndpoint = endpoint({
  method: 'DELETE',
  path: '/groups/{group_id}',
  summary: 'Delete a group; its members lose what they had through it.',
  requires: ['identity:groups:delete'],
  status: 204,
  errors: [identityErrors.groupNotFound],
  target: anyGroup,
  handle: (service, _call, group) => deleteGroup(service, group),
});
