import { networkErrors } from '../../../errors.ts';
import { deleteNetwork } from '../../../networks/delete.ts';
import { seesNetwork } from '../../../networks/network.ts';
import { findNetwork } from '../../../networks/store.ts';
import { endpoint } from '../../endpoint.ts';

export const deleteNetworkEndpoint = endpoint({
  method: 'DELETE',
  path: '/networks/{network_id}',
  summary: 'Deletes a network.',
  requires: ['vpc:networks:delete'],
  status: 204,
  errors: [networkErrors.networkNotFound, networkErrors.networkInUse],
  target: {
    find: ({ context }, { params }) => findNetwork(context.database.queries, params.network_id),
    visible: seesNetwork,
    absent: ({ params }) => networkErrors.networkNotFound({ id: params.network_id }),
  },
  handle: ({ context }, call, network) => deleteNetwork(context, call.actor, network),
});
