import { limits } from '#base/limits.ts';
import { computeErrors } from '#compute/errors.ts';
import type { Asked } from '#compute/servers/act.ts';
import type { Server } from '#compute/servers/server.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Allowed } from '#policy/engine.ts';
import { type ConsoleProtocol, type ConsoleType, typesOf } from './console.ts';
import { consoleErrors } from './errors.ts';
import { deleteExpiredGrants, insertGrant } from './store.ts';

/**
 * Lets the asking user look at a console for ten minutes. A type for which no proxy is running is
 * refused: nobody gets an address at which nobody answers.
 * @returns the token, which is nowhere else.
 * @throws InstanceNotReady (409), ConsoleTypeUnavailable, ConsoleTypeInvalid (400)
 */
export async function openConsole(
  service: ComputeService,
  asked: Pick<Asked, 'actor'>,
  server: Allowed<Server>,
  wanted: { protocol: ConsoleProtocol; type: ConsoleType },
): Promise<string> {
  const { protocol, type } = wanted;
  if (protocol === 'rdp') throw consoleErrors.removed();
  if (server.host === null || server.vmState === 'building') {
    throw computeErrors.notReady({ id: server.id });
  }
  if (!typesOf[protocol].includes(type)) throw consoleErrors.typeInvalid({ type });
  if (!service.consoleTypes.includes(type)) throw consoleErrors.typeUnavailable({ type });
  const token = service.ids.secret(32);
  const nowMs = service.clock.nowMs();
  const expiresMs = nowMs + limits.consoleTokenMs;
  await service.database.transaction(async (tx) => {
    // Whoever asks sweeps, so that what has expired never piles up.
    await deleteExpiredGrants(tx, nowMs);
    const { userId, auditId } = asked.actor;
    await insertGrant(tx, token, { serverId: server.id, userId, auditId, type, expiresMs });
  });
  return token;
}
