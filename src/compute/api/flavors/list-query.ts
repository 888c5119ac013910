import { type Static, Type } from 'typebox';
import { parseBoolean } from '#compute/api/booleans.ts';
import { closedSince } from '#compute/api/closed-query.ts';
import { pageQuery } from '#compute/api/paging.ts';
import { flavorErrors } from '#compute/flavors/errors.ts';
import {
  type FlavorSortKey,
  type FlavorsWanted,
  flavorSortColumns,
} from '#compute/flavors/list.ts';
import { compilePattern, type TextPattern } from '#compute/servers/listing/text-pattern.ts';
import { type Actor, isAdmin } from '#policy/actor.ts';
import { largestInteger } from './fields.ts';

const sortKeys = Object.keys(flavorSortColumns) as FlavorSortKey[];

/** Nothing was ever scheduled by it; it left together with the field. */
const laterSortKeys = sortKeys.filter((key) => key !== 'rxtx_factor');

export const listQuery = closedSince('2.75', {
  ...pageQuery,
  is_public: Type.Optional(Type.String()),
  minRam: Type.Optional(Type.String()),
  minDisk: Type.Optional(Type.String()),
  name: Type.Optional(Type.String({ maxLength: 255, since: '2.102' })),
  sort_key: Type.Optional(
    Type.Union([
      Type.Enum(sortKeys, { until: '2.101' }),
      Type.Enum(laterSortKeys, { since: '2.102' }),
    ]),
  ),
  sort_dir: Type.Optional(Type.Enum(['asc', 'desc'])),
});

type ListQuery = Partial<Static<typeof listQuery>>;

export function readSortKey(query: ListQuery): FlavorSortKey {
  return (query.sort_key as FlavorSortKey | undefined) ?? 'flavorid';
}

/** Only administrators see private flavors that are not shared with their project, or disabled. */
export function readFilter(query: ListQuery, actor: Actor): FlavorsWanted {
  const minMemoryMib = readMinimum('minRam', query.minRam);
  const minDiskGib = readMinimum('minDisk', query.minDisk);
  return {
    isPublic: isAdmin(actor) ? readIsPublic(query.is_public) : true,
    usableByProjectId: actor.projectId,
    withDisabled: isAdmin(actor),
    ...(minMemoryMib !== undefined && { minMemoryMib }),
    ...(minDiskGib !== undefined && { minDiskGib }),
    ...(query.name !== undefined && { name: readName(query.name) }),
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

function readName(value: string): TextPattern {
  const pattern = compilePattern(value);
  if (!pattern) throw flavorErrors.filterMalformed({ name: 'name', value });
  return pattern;
}
