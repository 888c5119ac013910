import type { Queries } from '#db/database.ts';

export interface ZoneHost {
  name: string;
  isEnabled: boolean;
  seenMs: number;
}

/** A zone is there as long as a host says that it stands in it. */
export interface Zone {
  name: string;
  /** At least one of its hosts takes new servers. */
  isAvailable: boolean;
  hosts: ZoneHost[];
}

/** In order of their names, as are the hosts in them. */
export async function listZones(db: Queries): Promise<Zone[]> {
  const rows = await db
    .selectFrom('hosts')
    .select(['availability_zone', 'name', 'enabled', 'seen_ms'])
    .orderBy('availability_zone')
    .orderBy('name')
    .execute();
  const zones = new Map<string, Zone>();
  for (const row of rows) {
    const host = { name: row.name, isEnabled: row.enabled === 1, seenMs: row.seen_ms };
    const zone = zones.get(row.availability_zone);
    const hosts = zone ? [...zone.hosts, host] : [host];
    const isAvailable = host.isEnabled || (zone?.isAvailable ?? false);
    zones.set(row.availability_zone, { name: row.availability_zone, isAvailable, hosts });
  }
  return [...zones.values()];
}
