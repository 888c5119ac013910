import { deleteAccessKey } from '../../../../access-keys/delete.ts';
import { identityErrors } from '../../../../errors.ts';
import { endpoint } from '../../../endpoint.ts';
import { ownKeyOr } from './target.ts';

export const deleteAccessKeyEndpoint = endpoint({
  method: 'DELETE',
  path: '/OS-CREDENTIAL/credentials/{access_key}',
  summary: 'Delete a permanent access key, with the temporary ones that came from it.',
  requires: [],
  status: 204,
  errors: [identityErrors.accessKeyNotFound],
  target: ownKeyOr('identity:accessKeys:delete'),
  handle: (service, call, key) => deleteAccessKey(service, call.actor, key),
});
