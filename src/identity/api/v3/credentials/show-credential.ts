import { identityErrors } from '../../../errors.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { ownCredentialOr } from './target.ts';
import { credentialBody, credentialSchema } from './wire.ts';

export const showCredential = endpoint({
  method: 'GET',
  path: '/credentials/{credential_id}',
  summary: 'Show a credential without its secret.',
  requires: [],
  status: 200,
  response: oneAnswer('credential', credentialSchema),
  errors: [identityErrors.credentialNotFound],
  target: ownCredentialOr('identity:credentials:get'),
  handle: async (_service, call, credential) => ({
    credential: credentialBody(credential, call.root),
  }),
});
