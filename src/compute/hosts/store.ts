import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Queries } from '#db/database.ts';
import { prepared } from '#db/prepared.ts';
import type { HostsTable } from '#db/schema/compute.ts';

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

/** Of all hosts these have an agent, and no others. */
export async function markServed(db: Queries, names: readonly string[]): Promise<void> {
  await db
    .updateTable('hosts')
    .set((set) => ({ served: set.case().when('name', 'in', names).then(1).else(0).end() }))
    .execute();
}

/** The hosts that have an agent are heard of now. */
export async function markSeen(db: Queries, nowMs: number): Promise<void> {
  await db.updateTable('hosts').set({ seen_ms: nowMs }).where('served', '=', 1).execute();
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

/** Aggregates forget it as well. */
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

/** The database derives them from the live servers' own rows, so that nothing can drift. */
export async function loadsByHost(db: Queries): Promise<Map<string, Load>> {
  const rows = await selectLoads(db, []);
  return new Map(
    rows.map((row) => [
      row.host,
      {
        servers: row.servers,
        vcpusUsed: row.vcpus,
        memoryMibUsed: row.memory_mib,
        diskGibUsed: row.disk_gib,
      },
    ]),
  );
}

/** In the order of their names. */
export async function listHostLoads(db: Queries): Promise<HostLoad[]> {
  const [hosts, loads] = [await listHosts(db), await loadsByHost(db)];
  return hosts.map((host) => ({ ...host, ...(loads.get(host.name) ?? noLoad) }));
}

/** What the live servers of each project take of a host, in the order of the projects' ids. */
export async function takesByProject(
  db: Queries,
  host: string,
): Promise<{ project: string; vcpus: number; memoryMib: number; diskGib: number }[]> {
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
  return rows.map((row) => ({
    project: row.project_id,
    vcpus: Number(row.vcpus),
    memoryMib: Number(row.memory_mib),
    diskGib: Number(row.disk_gib),
  }));
}
