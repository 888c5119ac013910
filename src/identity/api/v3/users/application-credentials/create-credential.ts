import { delegationErrors } from '#policy/delegation.ts';
import { createApplicationCredential } from '../../../../application-credentials/create.ts';
import { identityErrors } from '../../../../errors.ts';
import { oneAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { oneselfOr } from '../target.ts';
import { ApplicationCredentialCreate, newCredentialOf } from './schema.ts';
import { credentialBody, newCredentialSchema } from './wire.ts';

export const createAppCredentialEndpoint = endpoint({
  method: 'POST',
  path: '/users/{user_id}/application_credentials',
  summary: 'Create an application credential for oneself and the project of the token.',
  requires: [],
  body: ApplicationCredentialCreate,
  status: 201,
  response: oneAnswer('application_credential', newCredentialSchema),
  errors: [
    identityErrors.userNotFound,
    identityErrors.notOneself,
    identityErrors.nameTaken,
    identityErrors.tooMany,
    identityErrors.roleNotFound,
    identityErrors.accessRuleNotFound,
    identityErrors.applicationCredentialInvalid,
    identityErrors.expiryPassed,
    identityErrors.tooManyLogins,
    delegationErrors.delegated,
  ],
  target: oneselfOr('identity:applicationCredentials:list'),
  handle: async (service, call, user) => {
    if (call.actor.userId !== user.id) throw identityErrors.notOneself();
    const wanted = newCredentialOf(call.body.application_credential);
    const made = await createApplicationCredential(service, call.actor, user, wanted);
    const body = { ...credentialBody(made.credential, call.root), secret: made.secret };
    return { application_credential: body };
  },
});
