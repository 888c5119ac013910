import { networkErrors } from '../../../errors.ts';
import { updateSubnet } from '../../../subnets/update.ts';
import { wholeAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { readSubnet, UpdateSubnetBody } from './body.ts';
import { subnetTarget } from './target.ts';
import { renderSubnet, subnetSchema } from './wire.ts';

export const updateSubnetEndpoint = endpoint({
  method: 'PUT',
  path: '/subnets/{subnet_id}',
  summary: 'Changes a subnet.',
  requires: ['vpc:subnets:update'],
  body: UpdateSubnetBody,
  status: 200,
  response: wholeAnswer('subnet', subnetSchema),
  errors: [networkErrors.subnetNotFound],
  target: subnetTarget,
  handle: async ({ context }, call, subnet) => {
    const change = readSubnet(call.body.subnet);
    const updated = await updateSubnet(context, call.actor, subnet, change);
    return { subnet: renderSubnet(updated) };
  },
});
