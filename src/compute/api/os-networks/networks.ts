import { type TSchema, Type } from 'typebox';
import { defineError } from '#base/errors.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Call } from '#endpoints/endpoint.ts';
import { type NetworkSummary, networkThing } from '#network/service.ts';
import type { Actor } from '#policy/actor.ts';
import { networkSchema, renderNetwork, renderTenantNetwork, tenantNetworkSchema } from './wire.ts';

const networkNotFound = defineError({
  code: 'NetworkNotFound',
  kind: 'not-found',
  message: () => 'Network not found',
});

const closed = { additionalProperties: false };

interface Shape {
  schema: TSchema;
  render(network: NetworkSummary, actor: Actor): object;
}

const networkTarget = {
  find: (
    service: ComputeService,
    { actor, params }: Call<{ network_id: string }, unknown, unknown>,
  ): Promise<NetworkSummary | undefined> =>
    service.networks.proxies.networks.find(actor, params.network_id),
  visible: () => true,
  thing: networkThing('network'),
  absent: () => networkNotFound(),
};

/** The same two reads stand twice, with different shapes. */
function reads(path: '/os-networks' | '/os-tenant-networks', { schema, render }: Shape) {
  return [
    endpoint({
      method: 'GET',
      path,
      until: '2.35',
      summary: 'Lists the networks that the project may use.',
      requires: ['ecs:networks:list'],
      status: 200,
      response: Type.Object({ networks: Type.Array(schema) }, closed),
      handle: async (service, { actor }) => {
        const networks = await service.networks.proxies.networks.usable(actor.projectId ?? '');
        return { networks: networks.map((network) => render(network, actor)) };
      },
    }),
    endpoint({
      method: 'GET',
      path: `${path}/{network_id}`,
      until: '2.35',
      summary: 'Shows a network.',
      requires: ['ecs:networks:get'],
      status: 200,
      response: Type.Object({ network: schema }, closed),
      errors: [networkNotFound],
      target: networkTarget,
      handle: async (_service, { actor }, network) => ({ network: render(network, actor) }),
    }),
  ];
}

export const networkEndpoints = [
  ...reads('/os-networks', { schema: networkSchema, render: renderNetwork }),
  ...reads('/os-tenant-networks', { schema: tenantNetworkSchema, render: renderTenantNetwork }),
];
