import { findHost, loadsByHost } from '#compute/hosts/store.ts';
import { zoneKey, zoneOf } from '#compute/zones/zone.ts';
import type { Queries } from '#db/database.ts';
import { type Aggregate, zoneOfAggregate } from './aggregate.ts';
import { listAggregates } from './store.ts';

/**
 * What speaks against an aggregate becoming as `after` says: a host cannot be in two zones, and
 * one that carries servers cannot leave the zone in which they were placed.
 * @returns the reason, or undefined when nothing does.
 */
export async function zoneObstacle(
  tx: Queries,
  before: Aggregate,
  after: Pick<Aggregate, 'hosts' | 'metadata'>,
): Promise<string | undefined> {
  const others = (await listAggregates(tx)).filter(({ id }) => id !== before.id);
  const zone = zoneOfAggregate(after);
  const taken = others
    .filter(({ hosts }) => hosts.some((host) => after.hosts.includes(host)))
    .map(zoneOfAggregate)
    .filter((other) => other !== null && other !== zone);
  if (zone !== null && taken.length > 0) {
    return `One or more hosts already in availability zone(s) ${JSON.stringify(taken)}`;
  }
  const loads = await loadsByHost(tx);
  for (const host of new Set([...before.hosts, ...after.hosts])) {
    if (!loads.has(host)) continue;
    const ownZone = (await findHost(tx, host))?.availability_zone ?? '';
    const zoneWith = (aggregate: Pick<Aggregate, 'hosts' | 'metadata'>) => {
      const said = [...others, aggregate].filter(({ hosts }) => hosts.includes(host));
      return zoneOf(
        ownZone,
        said.map(({ metadata }) => metadata),
      );
    };
    if (zoneWith(before) !== zoneWith(after)) {
      return 'One or more hosts contain instances in this zone';
    }
  }
  return undefined;
}

/** The metadata after a change in which null takes a key away. */
export function mergedMetadata(
  before: Readonly<Record<string, string>>,
  change: Readonly<Record<string, string | null>>,
): Record<string, string> {
  const merged = Object.entries({ ...before, ...change });
  return Object.fromEntries(merged.filter((entry): entry is [string, string] => entry[1] !== null));
}

/** The change of metadata that names a zone; an absent one changes nothing. */
export function zoneMetadata(zone: string | null | undefined): Record<string, string | null> {
  return zone === undefined ? {} : { [zoneKey]: zone };
}
