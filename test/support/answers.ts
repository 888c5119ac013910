import { Ajv, type ValidateFunction } from 'ajv';
import ajvFormats from 'ajv-formats';
import type { TSchema } from 'typebox';
import { type Microversion, parseMicroversion, withinRange } from '#base/microversion.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import type { Surface } from '#endpoints/surface.ts';
import { schemaAt } from '#endpoints/versioned-schema.ts';

/** One request and what came back, as far as the declared shape of the answer depends on it. */
export interface Exchange {
  method: string;
  path: string;
  requestBody: unknown;
  requestHeaders: Readonly<Record<string, string>>;
  status: number;
  body: unknown;
}

interface Route {
  surface: Surface<unknown>;
  endpoint: Endpoint<unknown>;
  pattern: RegExp;
  /** Of two patterns that match, the one with fewer parameters is meant. */
  parameters: number;
}

/** Holds every successful answer to the shape that its endpoint declares, in its version. */
export function answerChecker(surfaces: readonly Surface<unknown>[]): (made: Exchange) => void {
  const routes = surfaces.flatMap(routesOf).sort((a, b) => a.parameters - b.parameters);
  const ajv = new Ajv({ strict: false, allErrors: true });
  // CommonJS: under ESM its callable stands beneath `default`.
  (ajvFormats as unknown as (ajv: Ajv) => void)(ajv);
  const compiled = new Map<TSchema, Map<string, ValidateFunction>>();
  const validatorOf = (schema: TSchema, version: Microversion) => {
    const byVersion = compiled.get(schema) ?? new Map<string, ValidateFunction>();
    compiled.set(schema, byVersion);
    const key = `${version.major}.${version.minor}`;
    const validate = byVersion.get(key) ?? ajv.compile(schemaAt(schema, version, false));
    byVersion.set(key, validate);
    return validate;
  };
  return (made) => {
    if (made.status < 200 || made.status > 299) return;
    const found = routeOf(routes, made);
    if (!found) return;
    const isCompute = found.surface.name.startsWith('compute');
    if (!found.endpoint.response && isCompute) {
      throw new Error(`${made.method} ${made.path} answers JSON and declares no \`response\``);
    }
    if (!found.endpoint.response) return;
    const validate = validatorOf(found.endpoint.response, found.version);
    if (validate(made.body)) return;
    const { major, minor } = found.version;
    const errors = ajv.errorsText(validate.errors, { dataVar: 'answer' });
    const shown = JSON.stringify(made.body).slice(0, 2000);
    throw new Error(
      `${made.method} ${made.path} in ${major}.${minor} is not as declared: ${errors}\n${shown}`,
    );
  };
}

function routesOf(surface: Surface<unknown>): Route[] {
  const projects = surface.withProjectId ? ['', '/[^/]+'] : [''];
  return surface.prefixes.flatMap((prefix) =>
    projects.flatMap((project) =>
      surface.endpoints.map((endpoint) => ({
        surface,
        endpoint,
        pattern: patternOf(prefix, project, endpoint.path),
        parameters: (endpoint.path.match(/\{/g)?.length ?? 0) + (project === '' ? 0 : 1),
      })),
    ),
  );
}

function patternOf(prefix: string, project: string, path: string): RegExp {
  const literal = (text: string) => text.replaceAll(/[.+*?^$()|[\]\\]/g, '\\$&');
  const parameters = literal(path).replaceAll(/\{\w+\}/g, '[^/]+');
  return new RegExp(`^${literal(prefix)}${project}${parameters}/?$`);
}

function routeOf(routes: readonly Route[], made: Exchange) {
  const [path = ''] = made.path.split('?');
  const first = routes.find(({ pattern }) => pattern.test(path));
  if (!first) return undefined;
  const version = versionOf(first.surface, made.requestHeaders);
  const action = Object.keys((made.requestBody as object | undefined) ?? {});
  const route = routes.find(
    ({ surface, endpoint, pattern }) =>
      surface === first.surface &&
      pattern.test(path) &&
      endpoint.path === first.endpoint.path &&
      endpoint.method === made.method &&
      (endpoint.action === undefined || action.includes(endpoint.action)) &&
      withinRange(version, endpoint),
  );
  return route && { surface: first.surface, endpoint: route.endpoint, version };
}

function versionOf(
  surface: Surface<unknown>,
  headers: Readonly<Record<string, string>>,
): Microversion {
  const { versioning } = surface;
  if (!versioning) return surface.fixedVersion;
  const byName = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const [, asked] = (byName['openstack-api-version'] ?? '').split(' ');
  const text = asked ?? byName[versioning.legacyHeader ?? ''];
  if (text === 'latest') return versioning.maximum;
  return parseMicroversion(text ?? '') ?? surface.fixedVersion;
}
