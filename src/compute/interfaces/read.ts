import type { Server } from '#compute/servers/server.ts';
import type { ComputeService } from '#compute/service.ts';
import type { ServerPort } from '#network/service.ts';
import type { Allowed } from '#policy/engine.ts';

/** The ports of a server in the order of its cards. */
export async function readInterfaces(
  service: ComputeService,
  server: Allowed<Server>,
): Promise<ServerPort[]> {
  return (await service.networks.portsOf([server.id])).get(server.id) ?? [];
}
