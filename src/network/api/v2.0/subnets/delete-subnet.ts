import { networkErrors } from '../../../errors.ts';
import { deleteSubnet } from '../../../subnets/delete.ts';
import { endpoint } from '../../endpoint.ts';
import { subnetTarget } from './target.ts';

export const deleteSubnetEndpoint = endpoint({
  method: 'DELETE',
  path: '/subnets/{subnet_id}',
  summary: 'Deletes a subnet.',
  requires: ['vpc:subnets:delete'],
  status: 204,
  errors: [networkErrors.subnetNotFound, networkErrors.subnetInUse],
  target: subnetTarget,
  handle: ({ context }, call, subnet) => deleteSubnet(context, call.actor, subnet),
});
