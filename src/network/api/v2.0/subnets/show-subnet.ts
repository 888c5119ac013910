import { networkErrors } from '../../../errors.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { answerOne } from '../../lists.ts';
import { subnetTarget } from './target.ts';
import { renderSubnet, subnetSchema } from './wire.ts';

export const showSubnetEndpoint = endpoint({
  method: 'GET',
  path: '/subnets/{subnet_id}',
  summary: 'Shows a subnet.',
  requires: ['vpc:subnets:get'],
  status: 200,
  response: oneAnswer('subnet', subnetSchema),
  errors: [networkErrors.subnetNotFound],
  target: subnetTarget,
  handle: async (_service, call, subnet) => answerOne(call, 'subnet', renderSubnet(subnet)),
});
