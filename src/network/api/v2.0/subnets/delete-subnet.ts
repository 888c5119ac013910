import { networkErrors } from '../../../errors.ts';
import { deleteSubnet } from '../../../subnets/delete.ts';
import { findSubnet } from '../../../subnets/store.ts';
import { seesSubnet } from '../../../subnets/subnet.ts';
import { endpoint } from '../../endpoint.ts';

export const deleteSubnetEndpoint = endpoint({
  method: 'DELETE',
  path: '/subnets/{subnet_id}',
  summary: 'Deletes a subnet.',
  requires: ['vpc:subnets:delete'],
  status: 204,
  errors: [networkErrors.subnetNotFound, networkErrors.subnetInUse],
  target: {
    find: ({ context }, { params }) => findSubnet(context.database.queries, params.subnet_id),
    visible: seesSubnet,
    absent: ({ params }) => networkErrors.subnetNotFound({ id: params.subnet_id }),
  },
  handle: ({ context }, call, subnet) => deleteSubnet(context, call.actor, subnet),
});
