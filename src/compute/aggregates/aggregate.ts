import { zoneKey } from '#compute/zones/zone.ts';

/** Hosts that an administrator put together, and what is said of all of them. */
export interface Aggregate {
  id: number;
  uuid: string;
  name: string;
  /** In the order of their names. */
  hosts: readonly string[];
  metadata: Readonly<Record<string, string>>;
  createdMs: number;
  updatedMs: number | null;
}

/** The zone in which it puts its hosts; null leaves them where they are. */
export function zoneOfAggregate({ metadata }: Pick<Aggregate, 'metadata'>): string | null {
  return (Object.hasOwn(metadata, zoneKey) && metadata[zoneKey]) || null;
}
