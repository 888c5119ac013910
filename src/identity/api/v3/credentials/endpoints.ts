import { createCredentialEndpoint } from './create-credential.ts';
import { deleteCredentialEndpoint } from './delete-credential.ts';
import { listCredentialsEndpoint } from './list-credentials.ts';
import { showCredential } from './show-credential.ts';
import { updateCredentialEndpoint } from './update-credential.ts';

export const credentialEndpoints = [
  createCredentialEndpoint,
  deleteCredentialEndpoint,
  listCredentialsEndpoint,
  showCredential,
  updateCredentialEndpoint,
];
