import type { ComputeService } from '#compute/service.ts';
import type { Actor } from '#policy/actor.ts';
import type { Flavor } from './flavor.ts';
import { type FlavorFilter, type FlavorPage, listFlavors as selectFlavors } from './list-store.ts';
import { findFlavor } from './store.ts';

export { type FlavorFilter, type FlavorSortKey, flavorSortColumns } from './list-store.ts';

/**
 * The flavors an actor may see, from the one after `marker`.
 * @returns undefined when there is no such flavor to go on from.
 */
export async function listFlavors(
  service: ComputeService,
  actor: Actor,
  filter: FlavorFilter,
  page: Omit<FlavorPage, 'after'> & { marker: string | undefined },
): Promise<Flavor[] | undefined> {
  const db = service.database.queries;
  const { marker, ...rest } = page;
  if (marker === undefined) return selectFlavors(db, filter, rest);
  const after = await findFlavor(db, marker, actor);
  return after && selectFlavors(db, filter, { ...rest, after });
}
