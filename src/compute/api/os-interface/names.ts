import type { ComputeService } from '#compute/service.ts';
import type { Call } from '#endpoints/endpoint.ts';

/** The port, besides the server that has it. */
export const portOfPath = {
  types: ['port'],
  find: (service: ComputeService, call: Call<{ port_id: string }, unknown, unknown>) =>
    service.networks.thingsNamed(call.actor, { port: [call.params.port_id] }),
} as const;
