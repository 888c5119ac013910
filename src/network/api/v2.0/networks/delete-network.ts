import { networkErrors } from '../../../errors.ts';
import { deleteNetwork } from '../../../networks/delete.ts';
import { endpoint } from '../../endpoint.ts';
import { networkTarget } from './target.ts';

export const deleteNetworkEndpoint = endpoint({
  method: 'DELETE',
  path: '/networks/{network_id}',
  summary: 'Deletes a network.',
  requires: ['vpc:networks:delete'],
  status: 204,
  errors: [networkErrors.networkNotFound, networkErrors.networkInUse],
  target: networkTarget,
  handle: ({ context }, call, network) => deleteNetwork(context, call.actor, network),
});
