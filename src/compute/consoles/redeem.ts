import { findServer } from '#compute/servers/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { ConsoleGrant } from './console.ts';
import { findGrant } from './store.ts';

/** What a token is good for now: undefined once it expired, or its server is gone. */
export async function redeemConsole(
  service: ComputeService,
  token: string,
): Promise<ConsoleGrant | undefined> {
  const db = service.database.queries;
  const grant = await findGrant(db, token, service.clock.nowMs());
  if (!grant) return undefined;
  return (await findServer(db, grant.serverId)) && grant;
}
