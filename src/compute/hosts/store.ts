import type { Selectable } from 'kysely';
import type { Queries } from '#db/database.ts';
import type { HostsTable } from '#db/schema/compute.ts';

export type HostRow = Selectable<HostsTable>;

/** A host with what its live servers take of it. */
export interface HostLoad extends HostRow {
  vcpusUsed: number;
  memoryMibUsed: number;
  diskGibUsed: number;
  servers: number;
}

export async function upsertHost(db: Queries, host: HostRow): Promise<void> {
  const { name, ...change } = host;
  await db
    .insertInto('hosts')
    .values(host)
    .onConflict((conflict) => conflict.column('name').doUpdateSet(change))
    .execute();
}

export async function listHostLoads(db: Queries): Promise<HostLoad[]> {
  const hosts = await db.selectFrom('hosts').selectAll().orderBy('name').execute();
  const loads = await db
    .selectFrom('servers')
    .select((select) => [
      'host',
      select.fn.countAll().as('servers'),
      select.fn.sum('vcpus').as('vcpus'),
      select.fn.sum('memory_mib').as('memoryMib'),
      select.fn.sum('disk_gib').as('diskGib'),
    ])
    .where('deleted_ms', 'is', null)
    .where('host', 'is not', null)
    .groupBy('host')
    .execute();
  const byHost = new Map(loads.map((load) => [load.host, load]));
  return hosts.map((host) => {
    const load = byHost.get(host.name);
    return {
      ...host,
      servers: Number(load?.servers ?? 0),
      vcpusUsed: Number(load?.vcpus ?? 0),
      memoryMibUsed: Number(load?.memoryMib ?? 0),
      diskGibUsed: Number(load?.diskGib ?? 0),
    };
  });
}
