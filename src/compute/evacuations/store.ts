import type { Selectable } from 'kysely';
import { claimedDiskGib, type Server } from '#compute/servers/server.ts';
import type { Queries } from '#db/database.ts';
import { prepared } from '#db/prepared.ts';
import type { EvacuatedGuestsTable } from '#db/schema/placement.ts';

/** What a server left on a host that it was evacuated from, to be removed when that is back. */
export interface EvacuatedGuest {
  serverId: string;
  host: string;
  migrationId: number;
  /** When the server ran, or stood ready, elsewhere; null before. */
  finishedMs: number | null;
  /** Whose wires it may still have. */
  portIds: readonly string[];
}

/** What is written down when a server leaves a host that does not answer. */
export interface LeftBehind extends Pick<EvacuatedGuest, 'host' | 'migrationId' | 'portIds'> {
  /** Its guest could not be ended there. */
  mayRun?: boolean;
}

function toGuest(row: Selectable<EvacuatedGuestsTable>): EvacuatedGuest {
  return {
    serverId: row.server_id,
    host: row.held_host,
    migrationId: row.migration_id,
    finishedMs: row.finished_ms,
    portIds: JSON.parse(row.port_ids),
  };
}

/** Goes on holding for the server what it took of the host; it is to leave in this transaction. */
export async function insertEvacuated(
  db: Queries,
  server: Server,
  { host, migrationId, portIds, mayRun = false }: LeftBehind,
): Promise<void> {
  await db
    .insertInto('evacuated_guests')
    .values({
      server_id: server.id,
      held_host: host,
      migration_id: migrationId,
      project_id: server.projectId,
      held_vcpus: server.flavor.vcpus,
      held_memory_mib: server.flavor.memoryMib,
      held_disk_gib: claimedDiskGib(server.flavor),
      finished_ms: null,
      port_ids: JSON.stringify(portIds),
      may_run: Number(mayRun),
    })
    .onConflict((conflict) => conflict.columns(['server_id', 'held_host']).doNothing())
    .execute();
}

export async function finishEvacuated(
  db: Queries,
  serverId: string,
  host: string,
  nowMs: number,
): Promise<void> {
  await db
    .updateTable('evacuated_guests')
    .set({ finished_ms: nowMs })
    .where('server_id', '=', serverId)
    .where('held_host', '=', host)
    .execute();
}

/** Gives back what was held of the host. */
export async function deleteEvacuated(db: Queries, serverId: string, host: string): Promise<void> {
  await db
    .deleteFrom('evacuated_guests')
    .where('server_id', '=', serverId)
    .where('held_host', '=', host)
    .execute();
}

export async function listEvacuated(db: Queries): Promise<EvacuatedGuest[]> {
  const rows = await db
    .selectFrom('evacuated_guests')
    .selectAll()
    .orderBy('held_host')
    .orderBy('server_id')
    .execute();
  return rows.map(toGuest);
}

const selectEvacuated = prepared(0, (db) =>
  db.selectFrom('evacuated_guests').select('held_host').distinct(),
);

/** Names of the hosts that may still have what was evacuated from them. */
export async function hostsWithEvacuated(db: Queries): Promise<Set<string>> {
  const rows = await selectEvacuated(db, []);
  return new Set(rows.map((row) => row.held_host));
}

/**
 * Whether a guest of it may run on a host that it is not on: its agent did not end it, and no
 * administrator has said that the host is down for certain, or forgotten it.
 */
export async function mayRunElsewhere(db: Queries, serverId: string): Promise<boolean> {
  const row = await db
    .selectFrom('evacuated_guests')
    .innerJoin('hosts', 'hosts.name', 'evacuated_guests.held_host')
    .select('evacuated_guests.server_id')
    .where('evacuated_guests.server_id', '=', serverId)
    .where('evacuated_guests.may_run', '=', 1)
    .where('hosts.forced_down', '=', 0)
    .executeTakeFirst();
  return row !== undefined;
}
