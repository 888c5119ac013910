import type { Static } from 'typebox';
import { networkErrors } from '../../../errors.ts';
import { createSubnet } from '../../../subnets/create.ts';
import { wholeAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { naming } from '../../naming.ts';
import { ownerOf } from '../../values.ts';
import { CreateSubnetBody, readNewSubnet } from './body.ts';
import { renderSubnet, subnetSchema } from './wire.ts';

export const createSubnetEndpoint = endpoint({
  method: 'POST',
  path: '/subnets',
  summary: 'Makes a subnet.',
  requires: ['vpc:subnets:create'],
  body: CreateSubnetBody,
  status: 201,
  response: wholeAnswer('subnet', subnetSchema),
  errors: [networkErrors.networkNotFound],
  names: naming(['network'], ({ subnet }: Static<typeof CreateSubnetBody>) => ({
    network: [subnet.network_id],
  })),
  handle: async ({ context }, call) => {
    const body = call.body.subnet;
    const wanted = { ...readNewSubnet(body), projectId: ownerOf(body) };
    const subnet = await createSubnet(context, call.actor, wanted);
    return { subnet: renderSubnet(subnet) };
  },
});
