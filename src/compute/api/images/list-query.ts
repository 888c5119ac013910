import { Type } from 'typebox';
import { pageQuery } from '#compute/api/paging.ts';

const several = Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())]));

/** Anything that begins with `property-` filters by that property; the rest is ignored. */
export const listQuery = Type.Object({
  ...pageQuery,
  name: several,
  status: several,
  'changes-since': several,
  server: several,
  type: several,
  minRam: several,
  minDisk: several,
});

/** What Glance calls it; values become what Glance expects. */
const filters: Readonly<Record<string, readonly [name: string, value: (text: string) => string]>> =
  {
    name: ['name', (text) => text],
    status: ['status', (text) => text.toLowerCase()],
    'changes-since': ['updated_at', (text) => `gte:${text}`],
    // Old clients name the server by its whole address.
    server: ['instance_uuid', (text) => text.split('/').at(-1) ?? text],
    type: ['image_type', (text) => text],
    minRam: ['min_ram', (text) => text],
    minDisk: ['min_disk', (text) => text],
  };
const propertyPrefix = 'property-';

/** The query as the image service reads it. */
export function glanceQuery(query: Readonly<Record<string, unknown>>): Record<string, string> {
  const entries = Object.entries(query).flatMap(([name, value]) => {
    const text = String([value].flat().at(-1));
    if (name.startsWith(propertyPrefix)) return [[name.slice(propertyPrefix.length), text]];
    const filter = Object.hasOwn(filters, name) ? filters[name] : undefined;
    return filter ? [[filter[0], filter[1](text)]] : [];
  });
  return Object.fromEntries(entries);
}
