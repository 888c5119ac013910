import { identityErrors } from '../../../../errors.ts';
import { oneAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { anyProtocol } from '../target.ts';
import { protocolBody, protocolSchema } from '../wire.ts';

export const showProtocol = endpoint({
  method: 'GET',
  path: '/OS-FEDERATION/identity_providers/{idp_id}/protocols/{protocol_id}',
  summary: 'Show one of the protocols of federation.',
  requires: ['identity:federation:get'],
  status: 200,
  response: oneAnswer('protocol', protocolSchema),
  errors: [identityErrors.protocolNotFound],
  target: anyProtocol,
  handle: async (_service, call, found) => ({ protocol: protocolBody(found, call.root) }),
});
