import { identityErrors } from '../../../errors.ts';
import { extrasOf, mergeMembers } from '../../../extras.ts';
import { createUser } from '../../../users/create.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { wantedDomain } from '../home-domain.ts';
import { UserCreate, userMembers } from './schema.ts';
import { userBody, userSchema } from './wire.ts';

export const createUserEndpoint = endpoint({
  method: 'POST',
  path: '/users',
  summary: 'Create a user.',
  requires: ['identity:users:create'],
  body: UserCreate,
  status: 201,
  response: oneAnswer('user', userSchema),
  errors: [
    identityErrors.domainNotFound,
    identityErrors.nameTaken,
    identityErrors.passwordTooWeak,
    identityErrors.defaultProjectIsDomain,
  ],
  handle: async (service, call) => {
    const wanted = call.body.user;
    const user = await createUser(service, {
      name: wanted.name,
      domainId: wantedDomain(call.actor, wanted.domain_id),
      password: wanted.password ?? null,
      isEnabled: wanted.enabled ?? true,
      defaultProjectId: wanted.default_project_id ?? null,
      options: mergeMembers({}, wanted.options ?? {}),
      extra: extrasOf(wanted, userMembers),
    });
    return { user: userBody(user, call.root) };
  },
});
