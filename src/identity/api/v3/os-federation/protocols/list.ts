import { identityErrors } from '../../../../errors.ts';
import { listProtocols } from '../../../../federation/list.ts';
import { listAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { wholeListBody } from '../../lists.ts';
import { anyProvider } from '../target.ts';
import { protocolBody, protocolSchema } from '../wire.ts';

export const listProtocolsEndpoint = endpoint({
  method: 'GET',
  path: '/OS-FEDERATION/identity_providers/{idp_id}/protocols',
  summary: 'List the protocols of federation.',
  requires: ['identity:federation:list'],
  status: 200,
  response: listAnswer('protocols', protocolSchema),
  errors: [identityErrors.providerNotFound],
  target: anyProvider,
  handle: async (service, call, provider) => {
    const found = await listProtocols(service, provider.id);
    const bodies = found.map((one) => protocolBody(one, call.root));
    return wholeListBody(
      call,
      `/OS-FEDERATION/identity_providers/${provider.id}/protocols`,
      'protocols',
      bodies,
    );
  },
});
