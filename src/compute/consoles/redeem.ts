import { findServer } from '#compute/servers/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { ConsoleGrant } from './console.ts';
import { deleteGrant, findGrant } from './store.ts';

/** What a token is good for now: undefined once it was used or expired, or its server is gone. */
export async function showConsole(
  service: ComputeService,
  token: string,
): Promise<ConsoleGrant | undefined> {
  const db = service.database.queries;
  const grant = await findGrant(db, token, service.clock.nowMs());
  if (!grant) return undefined;
  return (await findServer(db, grant.serverId)) && grant;
}

/** Uses a token up: of two who come with the same one, one gets its console. */
export async function redeemConsole(
  service: ComputeService,
  token: string,
): Promise<ConsoleGrant | undefined> {
  // Strangers may guess as often as they like: what is not there costs no transaction.
  if (!(await findGrant(service.database.queries, token, service.clock.nowMs()))) return undefined;
  return service.database.transaction(async (tx) => {
    const grant = await findGrant(tx, token, service.clock.nowMs());
    return grant && (await deleteGrant(tx, token)) ? grant : undefined;
  });
}
