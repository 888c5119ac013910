import { aggregateFactsByHost } from '#compute/aggregates/store.ts';
import { isHostUp, listHosts } from '#compute/hosts/store.ts';
import { isFresh } from '#compute/services/service-row.ts';
import type { Queries } from '#db/database.ts';
import { zoneOf } from './zone.ts';

export interface ZoneHost {
  name: string;
  isEnabled: boolean;
  isUp: boolean;
  seenMs: number;
}

/** A zone is there as long as a host stands in it. */
export interface Zone {
  name: string;
  /** At least one of its hosts is in use, though it may be down just now. */
  isAvailable: boolean;
  hosts: ZoneHost[];
}

/** Those that are available first, then by name, as are the hosts in them. */
export async function listZones(db: Queries, nowMs: number): Promise<Zone[]> {
  const facts = await aggregateFactsByHost(db);
  const zones = new Map<string, Zone>();
  for (const row of await listHosts(db)) {
    const host = {
      name: row.name,
      isEnabled: row.enabled === 1,
      isUp: isHostUp(row) && isFresh(row.seen_ms, nowMs),
      seenMs: row.seen_ms,
    };
    const name = zoneOf(row.availability_zone, facts.get(row.name) ?? []);
    const zone = zones.get(name) ?? { name, isAvailable: false, hosts: [] };
    zone.hosts.push(host);
    zone.isAvailable ||= host.isEnabled;
    zones.set(name, zone);
  }
  return [...zones.values()].sort(
    (a, b) => Number(b.isAvailable) - Number(a.isAvailable) || (a.name < b.name ? -1 : 1),
  );
}
