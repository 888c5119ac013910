import type { Server } from '#compute/servers/server.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Allowed } from '#policy/engine.ts';
import { deletePassword, findPassword } from './store.ts';

/** As the guest gave it, encrypted; empty when there is none. */
export async function readPassword(
  service: ComputeService,
  server: Allowed<Server>,
): Promise<string> {
  return (await findPassword(service.database.queries, server.id)) ?? '';
}

/** Forgets it, so that the guest may set another; in the guest nothing changes. */
export async function clearPassword(
  service: ComputeService,
  server: Allowed<Server>,
): Promise<void> {
  await deletePassword(service.database.queries, server.id);
}
