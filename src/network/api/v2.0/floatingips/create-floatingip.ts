import { Type } from 'typebox';
import { networkErrors } from '../../../errors.ts';
import { createFloatingIp } from '../../../floating-ips/create.ts';
import { floatingErrors } from '../../../floating-ips/errors.ts';
import { endpoint } from '../../endpoint.ts';
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
  response: Type.Object({ floatingip: floatingIpSchema }),
  errors: [
    networkErrors.networkNotFound,
    networkErrors.overQuota,
    floatingErrors.networkNotExternal,
    floatingErrors.notReachable,
    floatingErrors.alreadyAssociated,
  ],
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
