import { type Static, Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import type { ComputeService } from '#compute/service.ts';
import type { NetworkSummary } from '#network/service.ts';
import { floatingIpErrors } from './errors.ts';
import { floatingIpAnswer, renderFloatingIps } from './wire.ts';

const pool = Type.String({ maxLength: 255, pattern: '^[^\\u0000]*$' });

const closed = { additionalProperties: false };

/** Without a pool it is the first one. */
const body = Type.Union([
  Type.Object({}, { maxProperties: 0 }),
  Type.Object({ pool: Type.Union([pool, Type.Null()]) }, closed),
]);

export const createFloatingIp = endpoint({
  method: 'POST',
  path: '/os-floating-ips',
  until: '2.35',
  summary: 'Takes a floating IP from a pool, which is an external network.',
  requires: ['vpc:floatingIps:create'],
  body,
  status: 200,
  response: floatingIpAnswer,
  errors: [floatingIpErrors.poolNotFound],
  names: {
    types: ['network'],
    find: async (service, { actor, body: asked }) => {
      const found = await poolOf(service, asked);
      return service.networks.thingsNamed(actor, { network: [found?.id] });
    },
  },
  handle: async (service, { actor, body: asked }) => {
    if (actor.projectId === null) throw floatingIpErrors.projectNeeded();
    const { floatingIps } = service.networks.proxies;
    const found = await poolOf(service, asked);
    if (!found) throw floatingIpErrors.poolNotFound();
    const made = await floatingIps.create(actor, found.id);
    const [rendered] = await renderFloatingIps(service, [made]);
    return { floating_ip: rendered };
  },
});

async function poolOf(
  service: ComputeService,
  asked: Static<typeof body>,
): Promise<NetworkSummary | undefined> {
  const pools = await service.networks.proxies.networks.external();
  const wanted = 'pool' in asked ? asked.pool : null;
  return wanted ? pools.find((one) => one.id === wanted || one.name === wanted) : pools[0];
}
