import { networkErrors } from '../../../errors.ts';
import { findSubnet } from '../../../subnets/store.ts';
import { seesSubnet } from '../../../subnets/subnet.ts';
import { endpoint } from '../../endpoint.ts';
import { answerOne } from '../../lists.ts';
import { renderSubnet } from './wire.ts';

export const showSubnetEndpoint = endpoint({
  method: 'GET',
  path: '/subnets/{subnet_id}',
  summary: 'Shows a subnet.',
  requires: ['vpc:subnets:get'],
  status: 200,
  errors: [networkErrors.subnetNotFound],
  target: {
    find: ({ context }, { params }) => findSubnet(context.database.queries, params.subnet_id),
    visible: seesSubnet,
    absent: ({ params }) => networkErrors.subnetNotFound({ id: params.subnet_id }),
  },
  handle: async (_service, call, subnet) => answerOne(call, 'subnet', renderSubnet(subnet)),
});
