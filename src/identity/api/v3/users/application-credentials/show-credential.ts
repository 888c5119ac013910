import { identityErrors } from '../../../../errors.ts';
import { oneAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { applicationCredential } from './target.ts';
import { credentialBody, credentialSchema } from './wire.ts';

export const showApplicationCredential = endpoint({
  method: 'GET',
  path: '/users/{user_id}/application_credentials/{application_credential_id}',
  summary: 'Show an application credential, without its secret.',
  requires: [],
  status: 200,
  response: oneAnswer('application_credential', credentialSchema),
  errors: [identityErrors.applicationCredentialNotFound],
  target: applicationCredential('identity:applicationCredentials:get'),
  handle: async (_service, call, credential) => ({
    application_credential: credentialBody(credential, call.root),
  }),
});
