import { limits } from '#base/limits.ts';
import { type Actor, isAdmin } from '#policy/actor.ts';
import { listScope } from '#policy/engine.ts';
import type { ImageContext } from '../context.ts';
import { type Image, mayView } from '../images/image.ts';
import { findImage } from '../images/store.ts';
import { type ListQuery, parseFilter } from './filter.ts';
import { parseSorting } from './sorting.ts';
import { listImages } from './store.ts';

export interface ImagePageAsked {
  oldestFirst: boolean;
  limit: number;
  /** Id of the last image of the page before. */
  marker: string | undefined;
}

/**
 * One page of what the actor may see, by creation, for a service that shows images its own way.
 * @param query filters as Glance's clients write them
 * @returns undefined when there is no image to go on from
 */
export async function listForService(
  context: ImageContext,
  actor: Actor,
  query: ListQuery,
  page: ImagePageAsked,
): Promise<Image[] | undefined> {
  const db = context.database.queries;
  const filter = parseFilter(query);
  const direction = page.oldestFirst ? 'asc' : 'desc';
  const sorting = parseSorting({ sort_key: 'created_at', sort_dir: direction });
  const after = page.marker === undefined ? undefined : await findImage(db, page.marker);
  if (page.marker !== undefined && !(after && mayView(actor, after))) return undefined;
  if (page.limit === 0) return [];
  const scope = listScope(actor, isAdmin(actor), 'ims:images:list');
  // One more than a page tells whether there is a next one.
  const limit = Math.min(page.limit, limits.pageItems + 1);
  return listImages(db, { scope, filter, sorting, after, limit });
}
