import type { AggregateFacts } from '#scheduler/candidate.ts';

/** The aggregate metadata that puts its hosts into a zone. */
export const zoneKey = 'availability_zone';

/** The zone that a host's aggregates name or, where they name none, the host's own. */
export function zoneOf(ownZone: string, aggregates: readonly AggregateFacts[]): string {
  for (const facts of aggregates) {
    const zone = Object.hasOwn(facts, zoneKey) ? facts[zoneKey] : undefined;
    if (zone) return zone;
  }
  return ownZone;
}
