import { delegationErrors, requireWhole } from '#policy/delegation.ts';
import { deleteCredential } from '../../../../../credentials/write.ts';
import { identityErrors } from '../../../../../errors.ts';
import { endpoint } from '../../../../endpoint.ts';
import { ec2CredentialOr } from './target.ts';

export const deleteEc2CredentialEndpoint = endpoint({
  method: 'DELETE',
  path: '/users/{user_id}/credentials/OS-EC2/{credential_id}',
  summary: 'Delete a pair of EC2 keys; tokens that came from it end at once.',
  requires: [],
  status: 204,
  errors: [identityErrors.credentialNotFound, delegationErrors.delegated],
  target: ec2CredentialOr('identity:credentials:delete'),
  handle: async (service, call, credential) => {
    requireWhole(call.actor, 'credentials');
    await deleteCredential(service, credential);
  },
});
