import { identityErrors } from '../../../../errors.ts';
import { writeProtocol } from '../../../../federation/change.ts';
import { oneAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { ProtocolUpdate } from '../schema.ts';
import { anyProtocol } from '../target.ts';
import { protocolBody, protocolSchema } from '../wire.ts';

export const updateProtocol = endpoint({
  method: 'PATCH',
  path: '/OS-FEDERATION/identity_providers/{idp_id}/protocols/{protocol_id}',
  summary: 'Change one of the protocols of federation.',
  requires: ['identity:federation:update'],
  body: ProtocolUpdate,
  status: 200,
  response: oneAnswer('protocol', protocolSchema),
  errors: [
    identityErrors.protocolNotFound,
    identityErrors.providerNotFound,
    identityErrors.idTaken,
    identityErrors.invalid,
  ],
  target: anyProtocol,
  handle: async (service, call, before) => {
    const wanted = call.body.protocol;
    const protocol = {
      ...before,
      mappingId: wanted.mapping_id ?? before.mappingId,
      audiences: wanted.audiences ?? before.audiences,
    };
    const changed = await writeProtocol(service, protocol, false);
    return { protocol: protocolBody(changed, call.root) };
  },
});
