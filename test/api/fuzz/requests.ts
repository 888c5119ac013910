import fc from 'fast-check';
import { formatMicroversion } from '#base/microversion.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import type { Surface } from '#endpoints/surface.ts';
import type { HeaderValues } from '#test/client.ts';
import { type Known, texts, valuesOf } from './schema-values.ts';

export interface FuzzedRequest {
  method: string;
  path: string;
  headers: HeaderValues;
  body: string | Uint8Array | undefined;
}

/** Requests to one endpoint: its path, query, version and body filled as its declaration says. */
export function requestsTo(
  surface: Surface<unknown>,
  endpoint: Endpoint<unknown>,
  known: Known,
): fc.Arbitrary<FuzzedRequest> {
  return fc
    .record({
      path: paths(surface, endpoint, known),
      query: queries(endpoint, known),
      version: versions(surface),
      body: bodies(endpoint, known),
    })
    .map(({ path, query, version, body }) => ({
      method: endpoint.method,
      path: query === '' ? path : `${path}?${query}`,
      headers: { ...version, ...typeOf(endpoint, body) },
      body,
    }));
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function paths(surface: Surface<unknown>, endpoint: Endpoint<unknown>, known: Known) {
  const names = endpoint.path.match(/\{\w+\}/g) ?? [];
  // A segment that is empty would be another path.
  const values = names.map((name) =>
    texts(known, name.slice(1, -1)).map((text) => encode(text.slice(0, 600)) || 'x'),
  );
  return fc
    .tuple(fc.constantFrom(...surface.prefixes), fc.tuple(...values))
    .map(([prefix, filled]) =>
      names.reduce(
        (path, name, index) => path.replace(name, () => filled[index] ?? 'x'),
        prefix + endpoint.path,
      ),
    );
}

const usualNames = ['limit', 'marker', 'sort_key', 'sort_dir', 'sort', 'fields', 'name', 'id'];

function queries(endpoint: Endpoint<unknown>, known: Known): fc.Arbitrary<string> {
  const declared = endpoint.query as { properties?: Record<string, object> } | undefined;
  const pairs = Object.entries(declared?.properties ?? {}).map(([name, schema]) =>
    valuesOf(schema, known, name).map((value) => [name, value] as const),
  );
  const free = fc.tuple(fc.oneof(fc.constantFrom(...usualNames), texts(known)), texts(known));
  return fc
    .array(fc.oneof(free, ...pairs), { maxLength: endpoint.method === 'GET' ? 4 : 1 })
    .map((list) =>
      list
        .flatMap(([name, value]) => pairsOf(name, value))
        .join('&')
        .slice(0, 8000),
    );
}

/** A list is the same name several times. */
function pairsOf(name: string, value: unknown): string[] {
  const values = Array.isArray(value) ? value : [value];
  return values.map((one) => {
    const text = typeof one === 'string' ? one : (JSON.stringify(one) ?? '');
    return `${encode(name.slice(0, 300))}=${encode(text.slice(0, 2000))}`;
  });
}

function versions(surface: Surface<unknown>): fc.Arbitrary<HeaderValues> {
  const { versioning } = surface;
  if (!versioning) return fc.constant({});
  const { minimum, maximum, serviceType } = versioning;
  const header = (version: string) => ({ 'openstack-api-version': `${serviceType} ${version}` });
  const [lowest, highest] = [formatMicroversion(minimum), formatMicroversion(maximum)];
  const minors = fc.integer({ min: 0, max: 110 }).map((minor) => `2.${minor}`);
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(header(highest)) },
    { weight: 2, arbitrary: fc.constantFrom(header(lowest), {}) },
    { weight: 2, arbitrary: minors.map(header) },
    { weight: 1, arbitrary: fc.constantFrom('latest', '', '2', '-1.5', '2.1.1').map(header) },
  );
}

function bodies(
  endpoint: Endpoint<unknown>,
  known: Known,
): fc.Arbitrary<string | Uint8Array | undefined> {
  if (endpoint.method === 'GET' || endpoint.method === 'HEAD') return fc.constant(undefined);
  if (endpoint.stream) return fc.uint8Array({ maxLength: 4096 });
  const { body, action } = endpoint;
  if (!body && action === undefined) return fc.constant(undefined);
  const schema = body ?? { properties: { [action ?? '']: { type: 'null' } }, type: 'object' };
  const json = valuesOf(schema, known).map((value) => JSON.stringify(value) ?? 'null');
  return fc.oneof(
    { weight: 30, arbitrary: json },
    fc.constantFrom('', '{', '[[[[', 'nul', '"\ud800"'),
  );
}

function typeOf(endpoint: Endpoint<unknown>, body: unknown): HeaderValues {
  if (body === undefined) return {};
  const isPatch = endpoint.method === 'PATCH' && endpoint.path.startsWith('/images/');
  const json = isPatch ? 'application/openstack-images-v2.1-json-patch' : 'application/json';
  return { 'content-type': endpoint.stream?.[0] ?? json };
}
