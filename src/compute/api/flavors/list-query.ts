import { type Static, Type } from 'typebox';
import { parseBoolean } from '#compute/api/booleans.ts';
import { pageQuery } from '#compute/api/paging.ts';
import { flavorErrors } from '#compute/flavors/errors.ts';
import { type FlavorFilter, type FlavorSortKey, flavorSortColumns } from '#compute/flavors/list.ts';
import { type Actor, isAdmin } from '#policy/actor.ts';
import { largestInteger } from './fields.ts';

const sortKeys = Object.keys(flavorSortColumns) as FlavorSortKey[];

export const listQuery = Type.Object({
  ...pageQuery,
  is_public: Type.Optional(Type.String()),
  minRam: Type.Optional(Type.String()),
  minDisk: Type.Optional(Type.String()),
  sort_key: Type.Optional(Type.Enum(sortKeys)),
  sort_dir: Type.Optional(Type.Enum(['asc', 'desc'])),
});

type ListQuery = Static<typeof listQuery>;

/** Only administrators see private flavors that are not shared with their project, or disabled. */
export function readFilter(query: ListQuery, actor: Actor): FlavorFilter {
  const minMemoryMib = readMinimum('minRam', query.minRam);
  const minDiskGib = readMinimum('minDisk', query.minDisk);
  return {
    isPublic: isAdmin(actor) ? readIsPublic(query.is_public) : true,
    usableByProjectId: actor.projectId,
    withDisabled: isAdmin(actor),
    ...(minMemoryMib !== undefined && { minMemoryMib }),
    ...(minDiskGib !== undefined && { minDiskGib }),
  };
}

/** `none` means both kinds; nothing at all means public ones. */
function readIsPublic(value: string | undefined): boolean | undefined {
  if (value === undefined) return true;
  if (value.toLowerCase() === 'none') return undefined;
  const isPublic = parseBoolean(value);
  if (isPublic === undefined) throw flavorErrors.filterMalformed({ name: 'is_public', value });
  return isPublic;
}

function readMinimum(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^\s*[+-]?\d{1,15}\s*$/.test(value)) throw flavorErrors.filterMalformed({ name, value });
  // Databases refuse to compare with what their integers cannot hold; no flavor is that large.
  return Math.max(0, Math.min(Number(value), largestInteger));
}
