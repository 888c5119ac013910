import { limits } from '#base/limits.ts';
import { keepDoing } from '#base/rounds.ts';
import type { Asked } from '#compute/servers/act.ts';
import { reclaimServer } from '#compute/servers/delete.ts';
import type { Server } from '#compute/servers/server.ts';
import { offloadServer } from '#compute/servers/shelve.ts';
import { serversPutAsideBefore, serversShelvedBefore } from '#compute/servers/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Queries } from '#db/database.ts';
import { systemActor } from '#policy/actor.ts';
import { type Allowed, allow, visibleToOwner } from '#policy/engine.ts';

/** What is done to servers by itself when they have been somewhere long enough. */
interface DueRule {
  /** Told in the log. */
  what: string;
  afterMs: number;
  find(db: Queries, beforeMs: number): Promise<Server[]>;
  verb(service: ComputeService, asked: Asked, server: Allowed<Server>): Promise<void>;
}

function rulesOf({ reclaimAfterMs, shelvedOffloadMs }: ComputeService): DueRule[] {
  return [
    {
      what: 'a server that was put aside is deleted',
      afterMs: reclaimAfterMs,
      find: serversPutAsideBefore,
      verb: reclaimServer,
    },
    {
      what: 'a shelved server leaves its host',
      afterMs: shelvedOffloadMs,
      find: serversShelvedBefore,
      verb: offloadServer,
    },
  ];
}

/**
 * Does what is due, again and again.
 * @returns the function that ends it.
 */
export function keepDue(service: ComputeService): () => void {
  // What is not deferred is done with the request itself.
  const rules = rulesOf(service).filter(({ afterMs }) => afterMs > 0 && Number.isFinite(afterMs));
  if (rules.length === 0) return () => undefined;
  const everyMs = Math.min(limits.dueMs, ...rules.map(({ afterMs }) => afterMs));
  return keepDoing(service, everyMs, 'what was deferred', async () => {
    for (const rule of rules) await doDue(service, rule);
  });
}

async function doDue(service: ComputeService, rule: DueRule): Promise<void> {
  const beforeMs = service.clock.nowMs() - rule.afterMs;
  for (const server of await rule.find(service.database.queries, beforeMs)) {
    const actor = systemActor(server.projectId);
    const allowed = allow(actor, server, visibleToOwner);
    if (!allowed) continue;
    service.log.info({ serverId: server.id }, rule.what);
    const asked = { actor, requestId: `req-${service.ids.uuid()}` };
    await rule.verb(service, asked, allowed).catch((error) => {
      // Somebody does something else with it.
      service.log.info({ serverId: server.id, error: String(error) }, `not now: ${rule.what}`);
    });
  }
}
