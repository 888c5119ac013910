import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Queries } from '#db/database.ts';
import { prepared } from '#db/prepared.ts';
import type { HostsTable } from '#db/schema/compute.ts';
import { type HostTake, takeFromRow } from './take.ts';

export type HostRow = Selectable<HostsTable>;

/** What live servers take of a host. */
export interface Load {
  servers: number;
  vcpusUsed: number;
  memoryMibUsed: number;
  diskGibUsed: number;
}

/** A host with what its live servers take of it. */
export interface HostLoad extends HostRow, Load {}

/** Nobody has told that it is away; its agent answers as long as its process runs. */
export function isHostUp(host: Pick<HostRow, 'served' | 'forced_down'>): boolean {
  return host.served === 1 && host.forced_down === 0;
}

/** Writes down what a host reports; what an administrator decided about it stays. */
export async function upsertHost(db: Queries, host: Insertable<HostsTable>): Promise<void> {
  const { name: _name, enabled: _enabled, ...change } = host;
  await db
    .insertInto('hosts')
    .values(host)
    .onConflict((conflict) => conflict.column('name').doUpdateSet(change))
    .execute();
}

/** Writes down one that is not known yet; one that is stays as it is. */
export async function insertHost(db: Queries, host: Insertable<HostsTable>): Promise<void> {
  await db
    .insertInto('hosts')
    .values(host)
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
}

/** Of all hosts these have an agent, and no others. */
export async function markServed(db: Queries, names: readonly string[]): Promise<void> {
  await db.updateTable('hosts').set({ served: 0 }).execute();
  if (names.length === 0) return;
  await db.updateTable('hosts').set({ served: 1 }).where('name', 'in', names).execute();
}

/** These are heard of now. */
export async function markSeen(
  db: Queries,
  names: readonly string[],
  nowMs: number,
): Promise<void> {
  if (names.length === 0) return;
  await db.updateTable('hosts').set({ seen_ms: nowMs }).where('name', 'in', names).execute();
}

const selectUnseen = prepared(1, (db, [beforeMs]) =>
  db
    .selectFrom('hosts')
    .select('name')
    .where('seen_ms', '<', beforeMs as never),
);

/** Names of the hosts that were last heard of before that moment. */
export async function hostsUnseenSince(db: Queries, beforeMs: number): Promise<Set<string>> {
  const rows = await selectUnseen(db, [beforeMs]);
  return new Set(rows.map(({ name }) => name));
}

/** Names of the hosts that have no number yet, in their order. */
export async function unnumberedHosts(db: Queries): Promise<string[]> {
  const rows = await db
    .selectFrom('hosts')
    .select('name')
    .where('number', '=', 0)
    .orderBy('name')
    .execute();
  return rows.map(({ name }) => name);
}

export async function updateHost(
  db: Queries,
  name: string,
  change: Omit<Updateable<HostsTable>, 'name'>,
): Promise<void> {
  await db.updateTable('hosts').set(change).where('name', '=', name).execute();
}

/** Aggregates forget it as well; its credential stays with its agent. */
export async function deleteHost(db: Queries, name: string): Promise<void> {
  await db.deleteFrom('aggregate_hosts').where('host', '=', name).execute();
  await db.deleteFrom('hosts').where('name', '=', name).execute();
}

const selectHosts = prepared(0, (db) => db.selectFrom('hosts').selectAll().orderBy('name'));

/** In the order of their names. */
export function listHosts(db: Queries): Promise<HostRow[]> {
  return selectHosts(db, []);
}

export function findHost(db: Queries, name: string): Promise<HostRow | undefined> {
  return db.selectFrom('hosts').selectAll().where('name', '=', name).executeTakeFirst();
}

const selectHostOfServer = prepared(1, (db, [id]) =>
  db
    .selectFrom('servers')
    .select('host')
    .where('id', '=', id as never),
);

/** Null: the server is on no host (any more), or there is none. */
export async function hostOfServer(db: Queries, serverId: string): Promise<string | null> {
  const [row] = await selectHostOfServer(db, [serverId]);
  return row?.host ?? null;
}

const selectLoads = prepared(0, (db) => db.selectFrom('host_loads').selectAll());
const selectMark = prepared(0, (db) => db.selectFrom('host_changes').select('mark'));

/** Another number after every change of what hosts or their aggregates are. */
export async function hostsMark(db: Queries): Promise<number> {
  const [row] = await selectMark(db, []);
  return row?.mark ?? 0;
}

const noLoad: Load = { servers: 0, vcpusUsed: 0, memoryMibUsed: 0, diskGibUsed: 0 };

/**
 * The database derives them from the rows of live servers and of what is held for them, so that
 * nothing can drift. On PostgreSQL these are rows of their own, which are added up here.
 */
export async function loadsByHost(db: Queries): Promise<Map<string, Load>> {
  const loads = new Map<string, Load>();
  for (const row of await selectLoads(db, [])) {
    const known = loads.get(row.host) ?? noLoad;
    loads.set(row.host, {
      servers: known.servers + row.servers,
      vcpusUsed: known.vcpusUsed + row.vcpus,
      memoryMibUsed: known.memoryMibUsed + row.memory_mib,
      diskGibUsed: known.diskGibUsed + row.disk_gib,
    });
  }
  return loads;
}

/** In the order of their names. */
export async function listHostLoads(db: Queries): Promise<HostLoad[]> {
  const [hosts, loads] = [await listHosts(db), await loadsByHost(db)];
  return hosts.map((host) => ({ ...host, ...(loads.get(host.name) ?? noLoad) }));
}

/** What the live servers of each project take of a host, in the order of the projects' ids. */
export async function takesByProject(db: Queries, host: string): Promise<HostTake[]> {
  const rows = await db
    .selectFrom('servers')
    .select(({ fn }) => [
      'project_id',
      fn.sum('vcpus').as('vcpus'),
      fn.sum('memory_mib').as('memory_mib'),
      fn.sum('disk_gib').as('disk_gib'),
    ])
    .where('host', '=', host)
    .where('deleted_ms', 'is', null)
    .groupBy('project_id')
    .orderBy('project_id')
    .execute();
  return rows.map(takeFromRow);
}
