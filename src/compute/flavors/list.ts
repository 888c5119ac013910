import { limits } from '#base/limits.ts';
import type { TextPattern } from '#compute/servers/listing/text-pattern.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Queries } from '#db/database.ts';
import type { Actor } from '#policy/actor.ts';
import type { Flavor } from './flavor.ts';
import { type FlavorFilter, type FlavorPage, listFlavors as selectFlavors } from './list-store.ts';
import { findFlavor } from './store.ts';

export { type FlavorSortKey, flavorSortColumns } from './list-store.ts';

export interface FlavorsWanted extends Omit<FlavorFilter, 'nameLike'> {
  name?: TextPattern;
}

/**
 * The flavors an actor may see, from the one after `marker`.
 * @returns undefined when there is no such flavor to go on from.
 */
export async function listFlavors(
  service: ComputeService,
  actor: Actor,
  wanted: FlavorsWanted,
  page: Omit<FlavorPage, 'after'> & { marker: string | undefined },
): Promise<Flavor[] | undefined> {
  const db = service.database.queries;
  const { marker, ...rest } = page;
  if (marker === undefined) return select(db, wanted, rest);
  const after = await findFlavor(db, marker, actor);
  return after && select(db, wanted, { ...rest, after });
}

/** The database leaves out what it can; the expression itself decides of the rest. */
async function select(db: Queries, wanted: FlavorsWanted, page: FlavorPage): Promise<Flavor[]> {
  const { name, ...filter } = wanted;
  if (!name) return selectFlavors(db, filter, page);
  const likely = { ...filter, ...(name.like !== null && { nameLike: name.like }) };
  const found: Flavor[] = [];
  let batch: FlavorPage = { ...page, limit: limits.pageItems };
  while (found.length < page.limit) {
    const rows = await selectFlavors(db, likely, batch);
    found.push(...rows.filter((flavor) => name.matches(flavor.name)));
    const after = rows.at(-1);
    if (rows.length < limits.pageItems || !after) break;
    batch = { ...batch, after };
  }
  return found.slice(0, page.limit);
}
