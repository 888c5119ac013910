import { identityErrors } from '../../../errors.ts';
import { extrasOf } from '../../../extras.ts';
import { updateUser } from '../../../users/update.ts';
import { endpoint } from '../../endpoint.ts';
import { UserUpdate, userMembers } from './schema.ts';
import { anyUser } from './target.ts';
import { userBody } from './wire.ts';

export const updateUserEndpoint = endpoint({
  method: 'PATCH',
  path: '/users/{user_id}',
  summary: 'Change a user.',
  requires: ['identity:users:update'],
  body: UserUpdate,
  status: 200,
  errors: [identityErrors.userNotFound, identityErrors.nameTaken, identityErrors.fixedMember],
  target: anyUser,
  handle: async (service, call, user) => {
    const wanted = call.body.user;
    if (wanted.domain_id !== undefined && wanted.domain_id !== user.domainId) {
      throw identityErrors.fixedMember({ member: 'domain_id' });
    }
    const changed = await updateUser(service, user, {
      name: wanted.name,
      password: wanted.password,
      isEnabled: wanted.enabled,
      defaultProjectId: wanted.default_project_id,
      options: wanted.options ?? {},
      extra: extrasOf(wanted, userMembers),
    });
    return { user: userBody(changed, call.root) };
  },
});
