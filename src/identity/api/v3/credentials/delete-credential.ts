import { delegationErrors, requireWhole } from '#policy/delegation.ts';
import { deleteCredential } from '../../../credentials/write.ts';
import { identityErrors } from '../../../errors.ts';
import { endpoint } from '../../endpoint.ts';
import { ownCredentialOr } from './target.ts';

export const deleteCredentialEndpoint = endpoint({
  method: 'DELETE',
  path: '/credentials/{credential_id}',
  summary: 'Forget a secret of a user; it is good for nothing at once.',
  requires: [],
  status: 204,
  errors: [identityErrors.credentialNotFound, delegationErrors.delegated],
  target: ownCredentialOr('identity:credentials:delete'),
  handle: async (service, call, credential) => {
    requireWhole(call.actor, 'credentials');
    await deleteCredential(service, credential);
  },
});
