import { delegationErrors } from '#policy/delegation.ts';
import { deleteApplicationCredential } from '../../../../application-credentials/delete.ts';
import { identityErrors } from '../../../../errors.ts';
import { endpoint } from '../../../endpoint.ts';
import { applicationCredential } from './target.ts';

export const deleteAppCredentialEndpoint = endpoint({
  method: 'DELETE',
  path: '/users/{user_id}/application_credentials/{application_credential_id}',
  summary: 'Delete an application credential; its tokens end at once.',
  requires: [],
  status: 204,
  errors: [identityErrors.applicationCredentialNotFound, delegationErrors.delegated],
  target: applicationCredential('identity:applicationCredentials:delete'),
  handle: (service, call, credential) =>
    deleteApplicationCredential(service, call.actor, credential),
});
