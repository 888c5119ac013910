import { identityErrors } from '../../../../errors.ts';
import { writeProtocol } from '../../../../federation/change.ts';
import { defaultAudience } from '../../../../federation/provider.ts';
import { oneAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { ProtocolCreate } from '../schema.ts';
import { anyProvider, chosenId } from '../target.ts';
import { protocolBody, protocolSchema } from '../wire.ts';

export const createProtocol = endpoint({
  method: 'PUT',
  path: '/OS-FEDERATION/identity_providers/{idp_id}/protocols/{protocol_id}',
  summary: 'Add to the protocols of federation, under the id in the path.',
  requires: ['identity:federation:create'],
  body: ProtocolCreate,
  status: 201,
  response: oneAnswer('protocol', protocolSchema),
  errors: [identityErrors.providerNotFound, identityErrors.idTaken, identityErrors.invalid],
  target: anyProvider,
  handle: async (service, call, provider) => {
    const id = chosenId(call.params.protocol_id);
    const wanted = call.body.protocol;
    const audiences = wanted.audiences ?? [defaultAudience];
    const protocol = { idpId: provider.id, id, mappingId: wanted.mapping_id, audiences };
    const created = await writeProtocol(service, protocol, true);
    return { protocol: protocolBody(created, call.root) };
  },
});
