import { identityErrors } from '../../../../errors.ts';
import { deleteProtocol } from '../../../../federation/change.ts';
import { endpoint } from '../../../endpoint.ts';
import { anyProtocol } from '../target.ts';

export const deleteProtocolEndpoint = endpoint({
  method: 'DELETE',
  path: '/OS-FEDERATION/identity_providers/{idp_id}/protocols/{protocol_id}',
  summary: 'Delete one of the protocols of federation, at once.',
  requires: ['identity:federation:delete'],
  status: 204,
  errors: [identityErrors.protocolNotFound],
  target: anyProtocol,
  handle: (service, _call, found) => deleteProtocol(service, found),
});
