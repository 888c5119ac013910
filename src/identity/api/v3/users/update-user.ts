import { identityErrors } from '../../../errors.ts';
import { extrasOf } from '../../../extras.ts';
import { updateUser } from '../../../users/update.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { UserUpdate, userMembers } from './schema.ts';
import { anyUser } from './target.ts';
import { userBody, userSchema } from './wire.ts';

export const updateUserEndpoint = endpoint({
  method: 'PATCH',
  path: '/users/{user_id}',
  summary: 'Change a user.',
  requires: ['identity:users:update'],
  body: UserUpdate,
  status: 200,
  response: oneAnswer('user', userSchema),
  errors: [
    identityErrors.userNotFound,
    identityErrors.nameTaken,
    identityErrors.fixedMember,
    identityErrors.passwordTooWeak,
    identityErrors.defaultProjectIsDomain,
  ],
  target: anyUser,
  handle: async (service, call, user) => {
    const wanted = call.body.user;
    if (wanted.domain_id !== undefined && wanted.domain_id !== user.domainId) {
      throw identityErrors.fixedMember({ member: 'domain_id' });
    }
    const changed = await updateUser(service, call.actor, user, {
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
