import type { Insertable, Selectable } from 'kysely';
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
export function isHostUp(host: Pick<HostRow, 'served'>): boolean {
  return host.served === 1;
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
