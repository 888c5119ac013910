import { identityErrors } from '../../../errors.ts';
import { extrasOf } from '../../../extras.ts';
import { updateGroup } from '../../../groups/update.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { GroupUpdate, groupMembers } from './schema.ts';
import { anyGroup } from './target.ts';
import { groupBody, groupSchema } from './wire.ts';

export const updateGroupEndpoint = endpoint({
  method: 'PATCH',
  path: '/groups/{group_id}',
  summary: 'Change a group.',
  requires: ['identity:groups:update'],
  body: GroupUpdate,
  status: 200,
  response: oneAnswer('group', groupSchema),
  errors: [identityErrors.groupNotFound, identityErrors.nameTaken, identityErrors.fixedMember],
  target: anyGroup,
  handle: async (service, call, group) => {
    const wanted = call.body.group;
    if (wanted.domain_id !== undefined && wanted.domain_id !== group.domainId) {
      throw identityErrors.fixedMember({ member: 'domain_id' });
    }
    const changed = await updateGroup(service, group, {
      name: wanted.name,
      description: wanted.description === null ? '' : wanted.description,
      extra: extrasOf(wanted, groupMembers),
    });
    return { group: groupBody(changed, call.root) };
  },
});
