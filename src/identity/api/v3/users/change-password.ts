import { Reply } from '#endpoints/endpoint.ts';
import { identityErrors } from '../../../errors.ts';
import { changePassword } from '../../../users/change-password.ts';
import { endpoint } from '../../endpoint.ts';
import { PasswordChange } from './schema.ts';

/** Needs no token, as with Keystone: the original password is the proof. */
export const changePasswordEndpoint = endpoint({
  method: 'POST',
  path: '/users/{user_id}/password',
  summary: "Change one's own password; all tokens of the user end.",
  requires: [],
  public: true,
  body: PasswordChange,
  status: 204,
  errors: [
    identityErrors.loginRefused,
    identityErrors.passwordTooWeak,
    identityErrors.passwordRepeated,
    identityErrors.passwordTooYoung,
    identityErrors.passwordLocked,
    identityErrors.tooManyLogins,
    identityErrors.loginsLimited,
  ],
  handle: async (service, call) => {
    const { original_password: original, password: wanted } = call.body.user;
    const { user_id: userId } = call.params;
    await changePassword(service, userId, { original, wanted, address: call.address });
    return new Reply(undefined, { by: { userId, projectId: null } });
  },
});
