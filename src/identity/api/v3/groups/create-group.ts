import { identityErrors } from '../../../errors.ts';
import { extrasOf } from '../../../extras.ts';
import { createGroup } from '../../../groups/create.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { wantedDomain } from '../home-domain.ts';
import { GroupCreate, groupMembers } from './schema.ts';
import { groupBody, groupSchema } from './wire.ts';

export const createGroupEndpoint = endpoint({
  method: 'POST',
  path: '/groups',
  summary: 'Create a group of users.',
  requires: ['identity:groups:create'],
  body: GroupCreate,
  status: 201,
  response: oneAnswer('group', groupSchema),
  errors: [identityErrors.domainNotFound, identityErrors.nameTaken],
  handle: async (service, call) => {
    const wanted = call.body.group;
    const group = await createGroup(service, {
      name: wanted.name,
      domainId: wantedDomain(call.actor, wanted.domain_id),
      description: wanted.description ?? '',
      extra: extrasOf(wanted, groupMembers),
    });
    return { group: groupBody(group, call.root) };
  },
});
