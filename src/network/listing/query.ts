import { limits } from '#base/limits.ts';
import { networkErrors } from '../errors.ts';

/** A list request as Neutron's API has them on every collection. */
export interface ListQuery {
  /** Attribute → wanted values: any of them, and every attribute must match. */
  filters: ReadonlyMap<string, readonly string[]>;
  fields: readonly string[];
  sort: readonly { attribute: string; descending: boolean }[];
  limit: number;
  /** Whether the client asked for pages; only then do answers carry links. */
  paged: boolean;
  marker: string | undefined;
  reverse: boolean;
}

const reserved = new Set([
  'fields',
  'limit',
  'marker',
  'page_reverse',
  'sort_key',
  'sort_dir',
  // Accepted by Neutron everywhere; nothing of ours has a detail level.
  'verbose',
]);

/** @param raw query parameters as parsed from the URL: text, or a list where a name is repeated. */
export function readListQuery(raw: unknown): ListQuery {
  const query = (raw ?? {}) as Record<string, unknown>;
  const filters = new Map<string, readonly string[]>();
  for (const name of Object.keys(query)) {
    if (!reserved.has(name)) filters.set(name, values(query[name]));
  }
  const asked = readLimit(values(query.limit)[0]);
  return {
    filters,
    fields: values(query.fields)
      .flatMap((text) => text.split(','))
      .filter(Boolean),
    sort: readSort(values(query.sort_key), values(query.sort_dir)),
    limit: Math.min(asked ?? limits.pageItems, limits.pageItems),
    paged: asked !== undefined,
    marker: values(query.marker)[0] || undefined,
    reverse: /^(true|1)$/i.test(values(query.page_reverse)[0] ?? ''),
  };
}

function values(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  const texts = (Array.isArray(value) ? value : [value]).map(String);
  // No text that is kept has a NUL in it, and PostgreSQL would not even compare with one.
  return texts.map((text) => text.replaceAll('\0', '\uFFFD'));
}

/** Neutron takes 0 for "no limit". */
function readLimit(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  if (!/^\d{1,15}$/.test(text)) {
    const sentence = `Limit must be an integer 0 or greater and not '${text.slice(0, 32)}'`;
    throw networkErrors.badRequest({ resource: 'limit', sentence });
  }
  return Number(text) || undefined;
}

function readSort(keys: string[], directions: string[]): ListQuery['sort'] {
  if (directions.length > 0 && directions.length !== keys.length) {
    const sentence = 'The number of sort_keys and sort_dirs must be same';
    throw networkErrors.badRequest({ resource: 'sort', sentence });
  }
  return keys.map((attribute, index) => {
    const direction = directions[index] ?? 'asc';
    if (direction !== 'asc' && direction !== 'desc') {
      const sentence = 'sort_dirs must be asc or desc';
      throw networkErrors.badRequest({ resource: 'sort', sentence });
    }
    return { attribute, descending: direction === 'desc' };
  });
}
