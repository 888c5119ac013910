import type { TSchema } from 'typebox';
import { formatMicroversion, type VersionRange } from '#base/microversion.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import type { Surface } from '#endpoints/surface.ts';
import { schemaAt } from '#endpoints/versioned-schema.ts';

type Json = Record<string, unknown>;

/**
 * The OpenAPI 3.1 document of everything that is served. Where there are versions, what differs
 * between them carries `x-since` and `x-until`.
 */
export function openApi(surfaces: readonly Surface<unknown>[]): Json {
  const paths: Record<string, Json> = {};
  for (const surface of surfaces) {
    const [prefix = ''] = surface.prefixes;
    const byPath = Map.groupBy(surface.endpoints, (endpoint) => endpoint.path);
    for (const [path, endpoints] of byPath) {
      const item: Json = {};
      const byMethod = Map.groupBy(endpoints, (endpoint) => endpoint.method);
      for (const [method, sharing] of byMethod) {
        item[method.toLowerCase()] = operation(surface, sharing);
      }
      paths[`${prefix}${path}` || '/'] = item;
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Cumulet',
      version: '0.1.0',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description: 'Printed from the endpoint declarations by `npm run docs`.',
    },
    components: {
      securitySchemes: { token: { type: 'apiKey', in: 'header', name: 'X-Auth-Token' } },
    },
    paths,
  };
}

/** Actions that share one path become one operation whose body is any of theirs. */
function operation(surface: Surface<unknown>, endpoints: readonly Endpoint<unknown>[]): Json {
  const [first] = endpoints;
  if (!first) return {};
  const isOne = endpoints.length === 1;
  const bodies = endpoints.flatMap((endpoint) => (endpoint.body ? [endpoint.body] : []));
  const responses: Json = {};
  for (const [status, sharing] of Map.groupBy(endpoints, (endpoint) => endpoint.status)) {
    const schemas = sharing.flatMap(({ response, since, until }) =>
      response
        ? [{ ...documented(surface, response), ...(isOne ? {} : rangeOf({ since, until })) }]
        : [],
    );
    const schema = schemas.length > 1 ? { anyOf: schemas } : schemas[0];
    responses[String(status)] = {
      description: isOne ? 'Success.' : 'Success; see the actions.',
      ...(schema && { content: { 'application/json': { schema } } }),
    };
  }
  return {
    operationId: `${surface.name}:${first.method}:${first.path || '/'}`,
    tags: [surface.name],
    summary: isOne ? first.summary : 'Acts on a resource; the body names the action.',
    ...(isOne ? {} : { description: describeActions(endpoints) }),
    security: first.public ? [] : [{ token: [] }],
    parameters: parametersOf(surface, first),
    ...(bodies.length > 0 && { requestBody: requestBody(surface, bodies) }),
    ...(first.stream && { requestBody: streamBody(first.stream) }),
    responses: { ...responses, default: { description: "A refusal in the service's own shape." } },
    'x-required-actions': requiredActions(endpoints),
    ...(surface.versioning && {
      'x-maximum-version': formatMicroversion(surface.versioning.maximum),
      ...versionsOf(endpoints),
    }),
  };
}

function requiredActions(endpoints: readonly Endpoint<unknown>[]): unknown {
  const [first] = endpoints;
  if (endpoints.length === 1) return first?.requires ?? [];
  const rows = endpoints.map((endpoint) => [endpoint.action ?? '', endpoint.requires]);
  return Object.fromEntries(rows);
}

function describeActions(endpoints: readonly Endpoint<unknown>[]): string {
  return endpoints
    .map((endpoint) => `- \`${endpoint.action ?? ''}\` (${endpoint.status}): ${endpoint.summary}`)
    .join('\n');
}

function parametersOf(surface: Surface<unknown>, endpoint: Endpoint<unknown>): Json[] {
  const inPath = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const query = endpoint.query ? documented(surface, endpoint.query) : {};
  const properties = (query as { properties?: Record<string, Json> }).properties ?? {};
  const inQuery = Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    schema,
  }));
  return [...inPath, ...inQuery];
}

function requestBody(surface: Surface<unknown>, bodies: readonly TSchema[]): Json {
  const schemas = bodies.map((body) => documented(surface, body));
  const schema = schemas.length === 1 ? schemas[0] : { anyOf: schemas };
  return { required: true, content: { 'application/json': { schema } } };
}

function streamBody(types: readonly string[]): Json {
  return { required: true, content: Object.fromEntries(types.map((type) => [type, {}])) };
}

/** The range of versions of an operation, or of each declaration where several share it. */
function versionsOf(endpoints: readonly Endpoint<unknown>[]): Json {
  const [first] = endpoints;
  if (first && endpoints.length === 1) return rangeOf(first);
  const ranges = endpoints
    .filter(({ since, until }) => since || until)
    .map((endpoint) => ({
      ...(endpoint.action && { action: endpoint.action }),
      status: endpoint.status,
      ...rangeOf(endpoint),
    }));
  return ranges.length > 0 ? { 'x-versions': ranges } : {};
}

function rangeOf({ since, until }: VersionRange): Json {
  return { ...(since && { 'x-since': since }), ...(until && { 'x-until': until }) };
}

/** With versions, the schema of all of them; without, of the only one. */
function documented(surface: Surface<unknown>, schema: TSchema): object {
  if (surface.versioning) return withRanges(schema) as object;
  return schemaAt(schema, surface.fixedVersion, false);
}

/** `since` and `until` under names that OpenAPI leaves to extensions. */
function withRanges(value: unknown): unknown {
  // Shapes of a way in without versions are told there.
  if (Array.isArray(value)) return value.filter((one) => !isElsewhere(one)).map(withRanges);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, member]) => {
    const isRange = (key === 'since' || key === 'until') && typeof member === 'string';
    return [isRange ? `x-${key}` : key, withRanges(member)];
  });
  return Object.fromEntries(members);
}

function isElsewhere(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'x-surface' in value;
}
