import { Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { serverTarget } from '#compute/api/servers/target.ts';
import { computeErrors } from '#compute/errors.ts';
import { permitChange } from '#compute/interfaces/permit.ts';
import { readInterfaces } from '#compute/interfaces/read.ts';
import type { Server } from '#compute/servers/server.ts';
import type { ComputeService } from '#compute/service.ts';
import type { FloatingIp } from '#network/service.ts';
import type { Actor } from '#policy/actor.ts';
import { type Allowed, allow, visibleToOwner } from '#policy/engine.ts';
import type { Thing } from '#policy/things.ts';
import { floatingIpErrors } from './errors.ts';

const closed = { additionalProperties: false };
const address = Type.String({ format: 'ipv4', maxLength: 64 });

const shared = {
  method: 'POST',
  path: '/servers/{server_id}/action',
  until: '2.43',
  requires: ['vpc:floatingIps:update', 'ecs:servers:get'],
  target: serverTarget,
  status: 202,
} as const;

export const addFloatingIp = endpoint({
  ...shared,
  action: 'addFloatingIp',
  summary: 'Lends a floating IP to one of the addresses of a server.',
  body: Type.Object(
    {
      addFloatingIp: Type.Object(
        {
          address,
          fixed_address: Type.Optional(Type.String({ format: 'ipv4', maxLength: 64 })),
        },
        closed,
      ),
    },
    closed,
  ),
  errors: [
    computeErrors.invalidState,
    computeErrors.locked,
    floatingIpErrors.addressNotFound,
    floatingIpErrors.noFixedAddress,
    floatingIpErrors.fixedNotOnServer,
  ],
  names: {
    types: ['floatingIp'],
    find: (service, { actor, body: { addFloatingIp: asked } }) =>
      named(service, actor, asked.address),
  },
  handle: async (service, call, server) => {
    const asked = call.body.addFloatingIp;
    const association = await chooseAddress(service, server, asked.fixed_address);
    const floatingIp = await ownFloatingIp(service, call.actor, asked.address);
    const permit = permitChange(call, server, 'add-floating-ip');
    const { floatingIps } = service.networks.proxies;
    await floatingIps.associate(call.actor, floatingIp, association, permit);
  },
});

export const removeFloatingIp = endpoint({
  ...shared,
  action: 'removeFloatingIp',
  summary: 'Takes a floating IP from a server.',
  body: Type.Object({ removeFloatingIp: Type.Object({ address }, closed) }, closed),
  errors: [
    computeErrors.invalidState,
    computeErrors.locked,
    floatingIpErrors.addressNotFound,
    floatingIpErrors.notAssociated,
  ],
  names: {
    types: ['floatingIp'],
    find: (service, { actor, body: { removeFloatingIp: asked } }) =>
      named(service, actor, asked.address),
  },
  handle: async (service, call, server) => {
    const { address: wanted } = call.body.removeFloatingIp;
    const floatingIp = await ownFloatingIp(service, call.actor, wanted);
    const ports = await readInterfaces(service, server);
    if (!ports.some((port) => port.id === floatingIp.association?.portId)) {
      throw floatingIpErrors.notAssociated({ address: wanted, id: server.id });
    }
    const permit = permitChange(call, server, 'remove-floating-ip');
    await service.networks.proxies.floatingIps.associate(call.actor, floatingIp, null, permit);
  },
});

async function named(service: ComputeService, actor: Actor, wanted: string): Promise<Thing[]> {
  const own = await service.networks.proxies.floatingIps.list(actor.projectId ?? '');
  const found = own.filter((one) => one.address === wanted);
  return found.map(({ id, projectId }) => ({ type: 'floatingIp', id, projectId }));
}

async function ownFloatingIp(
  service: ComputeService,
  actor: Actor,
  wanted: string,
): Promise<Allowed<FloatingIp>> {
  const own = await service.networks.proxies.floatingIps.list(actor.projectId ?? '');
  const found = own.find((one) => one.address === wanted);
  const allowed = found && allow(actor, found, visibleToOwner);
  if (!allowed) throw floatingIpErrors.addressNotFound();
  return allowed;
}

/** The server's first IPv4 address, or the one that was named. */
async function chooseAddress(
  service: ComputeService,
  server: Allowed<Server>,
  wanted: string | undefined,
): Promise<{ portId: string; fixedAddress: string }> {
  const ports = await readInterfaces(service, server);
  const all = ports.flatMap((port) =>
    port.fixedIps
      .filter((ip) => ip.ipVersion === 4)
      .map((ip) => ({ portId: port.id, fixedAddress: ip.address })),
  );
  if (all.length === 0) throw floatingIpErrors.noFixedAddress();
  const found = all.find((one) => wanted === undefined || one.fixedAddress === wanted);
  if (!found) throw floatingIpErrors.fixedNotOnServer();
  return found;
}
