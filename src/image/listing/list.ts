import { limits } from '#base/limits.ts';
import type { Actor } from '#policy/actor.ts';
import type { ListScope } from '#policy/engine.ts';
import type { ImageContext } from '../context.ts';
import { imageErrors } from '../errors.ts';
import { type Image, mayView } from '../images/image.ts';
import { findImage } from '../images/store.ts';
import { type ListQuery, parseFilter } from './filter.ts';
import { parseSorting } from './sorting.ts';
import { listImages as readPage } from './store.ts';

export interface ListedImages {
  images: Image[];
  /** Marker of the next page; undefined when this one was not full. */
  nextMarker: string | undefined;
}

/** One page of what the scope may see; throws 400 for filters, keys and markers that are none. */
export async function listImages(
  context: ImageContext,
  actor: Actor,
  scope: ListScope,
  query: ListQuery,
): Promise<ListedImages> {
  const filter = parseFilter(query);
  const sorting = parseSorting(query);
  const limit = parseLimit(lastOf(query.limit));
  const marker = lastOf(query.marker);
  const after = marker === undefined ? undefined : await findMarker(context, actor, marker);
  if (limit === 0) return { images: [], nextMarker: undefined };
  const page = { scope, filter, sorting, after, limit };
  const images = await readPage(context.database.queries, page);
  return { images, nextMarker: images.length === limit ? images.at(-1)?.id : undefined };
}

function lastOf(value: string | string[] | undefined): string | undefined {
  return value === undefined ? undefined : [value].flat().at(-1);
}

function parseLimit(text: string | undefined): number {
  if (text === undefined || text === '') return limits.imagePageItems;
  if (!/^-?\d{1,15}$/.test(text)) throw invalid('limit param must be an integer');
  if (text.startsWith('-')) throw invalid('limit param must be positive');
  return Math.min(Number(text), limits.pageItems);
}

async function findMarker(context: ImageContext, actor: Actor, id: string): Promise<Image> {
  const image = await findImage(context.database.queries, id);
  if (image && mayView(actor, image)) return image;
  throw invalid(`Invalid marker. Image could not be found: ${id.slice(0, 64)}`);
}

function invalid(sentence: string): Error {
  return imageErrors.parameterInvalid({ sentence });
}
