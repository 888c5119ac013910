import type { ApiError } from '#base/errors.ts';
import type { HttpAnswer, HttpRequest, HttpRoute } from '#base/http/route.ts';
import type { Accounts } from '#policy/things.ts';
import type { AuditTrail } from './audit-trail.ts';
import type { Endpoint } from './endpoint.ts';
import { isGatewayError, renderGatewayError } from './gateway-errors.ts';
import { KeptAnswers } from './kept-answers.ts';
import { type Authenticate, type ServeTools, serve } from './serve.ts';
import type { Surface } from './surface.ts';
import { Validation } from './validation.ts';

export interface MountOptions {
  surfaces: readonly Surface<unknown>[];
  authenticate: Authenticate;
  /** Asked at each request: the port is known only once we listen. */
  origin: () => string;
  /** Keeps who did what; without it nobody does. */
  audit?: AuditTrail;
  /** Whose projects and users are, for rights to single things of other projects. */
  accounts?: Accounts;
  /** What tells how long an answer may be kept; without it none is. */
  keeping?: {
    /** Differs after every change of the database; undefined where that cannot be told. */
    changeMark: () => string | undefined;
    nowMs: () => number;
  };
}

interface MountedPath {
  surface: Surface<unknown>;
  prefix: string;
  withProjectId: boolean;
  byMethod: Map<string, Endpoint<unknown>[]>;
}

const neverKeeping = { changeMark: () => undefined, nowMs: () => 0 };

/** Turns surfaces and their endpoints into routes: one per path pattern, all methods together. */
export function routesOf(options: MountOptions): HttpRoute[] {
  const { authenticate, audit, accounts } = options;
  const { changeMark, nowMs } = options.keeping ?? neverKeeping;
  const kept = new KeptAnswers(changeMark, nowMs);
  const validation = new Validation();
  const tools: ServeTools = { authenticate, validation, kept, audit, accounts };
  return [...mountedPaths(options.surfaces)].map(([url, mounted]) => ({
    url,
    methods: [...mounted.byMethod.keys()],
    streams: streamsOf(mounted),
    handle: (request) => handle(mounted, request, options, tools),
  }));
}

function mountedPaths(surfaces: readonly Surface<unknown>[]): Map<string, MountedPath> {
  const paths = new Map<string, MountedPath>();
  for (const surface of surfaces) {
    for (const prefix of surface.prefixes) {
      for (const withProjectId of surface.withProjectId ? [false, true] : [false]) {
        for (const endpoint of surface.endpoints) {
          const url = urlOf(prefix, withProjectId, endpoint.path);
          const known = paths.get(url);
          if (known && known.surface !== surface) throw new Error(`two surfaces claim ${url}`);
          const mounted = known ?? { surface, prefix, withProjectId, byMethod: new Map() };
          const sharing = mounted.byMethod.get(endpoint.method) ?? [];
          mounted.byMethod.set(endpoint.method, [...sharing, endpoint]);
          paths.set(url, mounted);
        }
      }
    }
  }
  return paths;
}

function urlOf(prefix: string, withProjectId: boolean, path: string): string {
  const parameters = path.replaceAll(/\{(\w+)\}/g, ':$1');
  const url = `${prefix}${withProjectId ? '/:project_id_in_path' : ''}${parameters}`;
  return url.length > 1 && url.endsWith('/') ? url.slice(0, -1) : url || '/';
}

function streamsOf(mounted: MountedPath): Record<string, readonly string[]> {
  const streams: Record<string, readonly string[]> = {};
  for (const [method, endpoints] of mounted.byMethod) {
    streams[method] = endpoints.flatMap((endpoint) => endpoint.stream ?? []);
  }
  return streams;
}

async function handle(
  mounted: MountedPath,
  request: HttpRequest,
  options: MountOptions,
  tools: ServeTools,
): Promise<HttpAnswer> {
  const candidates = mounted.byMethod.get(request.method) ?? [];
  const project = mounted.withProjectId ? `/${request.params.project_id_in_path}` : '';
  return serve(
    mounted.surface,
    candidates,
    Object.create(request, {
      origin: { value: options.origin() },
      prefix: { value: mounted.prefix + project },
    }),
    tools,
  );
}

/** The refusal in the shape of the surface that the path belongs to, by its longest prefix. */
export function errorRenderer(surfaces: readonly Surface<unknown>[]) {
  const prefixes = surfaces
    .flatMap((surface) => surface.prefixes.map((prefix) => ({ prefix, surface })))
    .sort((a, b) => b.prefix.length - a.prefix.length);
  return (error: ApiError, path: string, requestId: string, accept?: string): HttpAnswer => {
    if (isGatewayError(error)) return renderGatewayError(error, requestId);
    const owner = prefixes.find(
      ({ prefix }) => path === prefix || path.startsWith(`${prefix}/`) || prefix === '',
    );
    const render = (owner ?? prefixes[0])?.surface.renderError;
    if (!render) return { status: error.status, headers: {}, body: { message: error.message } };
    const rendered = render(error, requestId, accept);
    return { ...rendered, headers: { ...rendered.headers, ...error.headers } };
  };
}
