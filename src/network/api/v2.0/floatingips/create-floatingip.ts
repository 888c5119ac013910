import type { Static } from 'typebox';
import { networkErrors } from '../../../errors.ts';
import { createFloatingIp } from '../../../floating-ips/create.ts';
import { floatingErrors } from '../../../floating-ips/errors.ts';
import { wholeAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { naming } from '../../naming.ts';
import { ownerOf } from '../../values.ts';
import { CreateFloatingIpBody, readAssociation } from './body.ts';
import { floatingIpSchema, renderFloatingIp } from './wire.ts';

export const createFloatingIpEndpoint = endpoint({
  method: 'POST',
  path: '/floatingips',
  summary: 'Takes an address of an external network.',
  requires: ['vpc:floatingIps:create'],
  body: CreateFloatingIpBody,
  status: 201,
  response: wholeAnswer('floatingip', floatingIpSchema),
  errors: [
    networkErrors.networkNotFound,
    networkErrors.overQuota,
    floatingErrors.networkNotExternal,
    floatingErrors.notReachable,
    floatingErrors.alreadyAssociated,
  ],
  names: naming(
    ['network', 'subnet', 'port'],
    ({ floatingip }: Static<typeof CreateFloatingIpBody>) => ({
      network: [floatingip.floating_network_id],
      subnet: [floatingip.subnet_id],
      port: [floatingip.port_id],
    }),
  ),
  handle: async ({ context }, call) => {
    const body = call.body.floatingip;
    const made = await createFloatingIp(context, call.actor, {
      networkId: body.floating_network_id,
      projectId: ownerOf(body),
      description: body.description,
      address: body.floating_ip_address ?? undefined,
      subnetId: body.subnet_id ?? undefined,
      association: readAssociation(body) ?? undefined,
    });
    return { floatingip: renderFloatingIp(made) };
  },
});
