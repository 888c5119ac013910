import type { Duplex } from 'node:stream';
import { describeServer } from '#compute/servers/described.ts';
import { findServer } from '#compute/servers/store.ts';
import type { ComputeService } from '#compute/service.ts';
import { allow, mayPerformOn, visibleToOwner } from '#policy/engine.ts';
import { consoleAction } from './actions.ts';
import type { ConsoleGrant } from './console.ts';

/**
 * Whether the user could ask for this console again, by the very token they asked with: it is
 * valid, the role is held, also for this server as it is now, which is there and theirs.
 */
export async function mayUseConsole(
  service: ComputeService,
  grant: ConsoleGrant,
): Promise<boolean> {
  const actor = await service.identity.actorByAuditId(grant.userId, grant.auditId);
  if (!actor) return false;
  const server = await findServer(service.database.queries, grant.serverId);
  if (!server || !allow(actor, server, visibleToOwner)) return false;
  const describe = () => describeServer(service, server);
  return mayPerformOn(actor, consoleAction, describe, service.identity);
}

/** The stream of bytes; undefined for a server that is off, or for a type that is not served. */
export async function connectConsole(
  service: ComputeService,
  grant: ConsoleGrant,
): Promise<Duplex | undefined> {
  const { serverId, type } = grant;
  if (type === 'novnc') return service.agent.openConsole(serverId, 'vnc');
  if (type === 'serial') return service.agent.openConsole(serverId, 'serial');
  return undefined;
}
