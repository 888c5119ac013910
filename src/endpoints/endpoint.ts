import type { Readable } from 'node:stream';
import type { Static, TSchema } from 'typebox';
import type { ErrorDefinition } from '#base/errors.ts';
import type { Microversion, VersionRange } from '#base/microversion.ts';
import type { Actor } from '#policy/actor.ts';
import type { Allowed, Visibility } from '#policy/engine.ts';
import type { ResourceType } from '#policy/resource-types.ts';
import type { Thing } from '#policy/things.ts';

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** `/servers/{server_id}/ips` → { server_id: string }. */
export type PathParameters<Path extends string> =
  Path extends `${string}{${infer Name}}${infer Rest}`
    ? { [Key in Name]: string } & PathParameters<Rest>
    : unknown;

/** One request, validated and in its newest shape, as handlers see it. */
export interface Call<Params, Query, Body> {
  readonly actor: Actor;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** The version this request is answered in; wire tables read it, handlers do not. */
  readonly version: Microversion;
  /** `compute-v2`, `compute-v2.1`, `identity`…: which way in was used. */
  readonly surface: string;
  readonly requestId: string;
  /** `http://127.0.0.1:8774`: scheme, host and port under which clients reach us. */
  readonly origin: string;
  /** Origin and mount prefix of this request, for links: `http://…/v2.1` or with a project id. */
  readonly root: string;
  /** Lower-case request headers, for the few endpoints whose contract is in headers. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Of the peer: whoever connected to us, a proxy perhaps. */
  readonly address: string;
  /** The body as it arrives, for endpoints that declare `stream: true`. */
  readonly stream: Readable;
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
}

export interface ReplyExtras {
  status?: number;
  headers?: Record<string, string>;
  /** Of an answer that may be kept: the last moment at which it is true without any change. */
  keptUntilMs?: number;
  /** Where no token is needed: who it turned out to be, for the audit record. */
  by?: ProvenCaller;
}

export interface ProvenCaller {
  userId: string;
  projectId: string | null;
}

/** Handlers return a body, undefined for none, or this when headers or status vary. */
export class Reply {
  readonly body: unknown;
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly keptUntilMs: number;
  readonly by: ProvenCaller | undefined;

  constructor(body: unknown, extras: ReplyExtras = {}) {
    this.body = body;
    this.status = extras.status;
    this.headers = extras.headers ?? {};
    this.keptUntilMs = extras.keptUntilMs ?? Number.POSITIVE_INFINITY;
    this.by = extras.by;
  }
}

/** Tells policy of things of one type, for statements about single things or their tags. */
export interface Describing<Service, Found> {
  type: ResourceType;
  of(found: Found, service: Service): Omit<Thing, 'type'> | Promise<Omit<Thing, 'type'>>;
}

/**
 * All that is decided about one request, in one place. Routes, schemas, the policy matrix, the
 * OpenAPI document and the sweep of refusals are printed from these declarations.
 */
export interface EndpointDeclaration<
  Service,
  Path extends string,
  Query extends TSchema,
  Body extends TSchema,
  Target,
> extends VersionRange {
  method: Method;
  /** Below the service's mount, with parameters in braces: `/servers/{server_id}/action`. */
  path: Path;
  /** The body's member that tells apart the actions that share one path: `os-start`. */
  action?: string;
  /** One sentence for the OpenAPI document. */
  summary: string;
  /** Every action must be granted; an empty list means: any valid token. */
  requires: readonly string[];
  /** No token needed. */
  public?: boolean;
  /** Query parameters; absent means that any are ignored. */
  query?: Query;
  /** JSON body; absent means that none is read. */
  body?: Body;
  /** The body is passed through unread as `call.stream`; these content types are accepted. */
  stream?: readonly string[];
  /** Status of a success. */
  status: number;
  /**
   * The answer depends on request, actor and database alone, so it may be given again as long as
   * the database has not changed: for reads that clients repeat. One that time alone will change
   * says in its `Reply` until when it holds.
   */
  isKept?: boolean;
  /** Shape of the JSON answer in the newest version, for the OpenAPI document and tests. */
  response?: TSchema;
  /** Refusals beyond those that every endpoint has. */
  errors?: readonly Pick<ErrorDefinition<never>, 'code' | 'kind'>[];
  /**
   * The resource that the path names. Undefined, or one that is not the actor's to see, is
   * answered with `absent`, so that foreign and missing look the same.
   */
  target?: {
    find(
      service: Service,
      call: Call<PathParameters<Path>, unknown, unknown>,
    ): Promise<Target | undefined>;
    /** Default: the resource's project, and administrators. */
    visible?: Visibility<Target>;
    absent: (call: Call<PathParameters<Path>, unknown, unknown>) => Error;
    /** What it is to policy; where the grammar of resources has a type for it. */
    thing?: Describing<Service, NoInfer<Target>>;
  };
  /**
   * Other things that the request names, in its body or further along its path, and that statements
   * can be about. Those that are not there or not to be seen are left out: the work refuses them.
   */
  names?: {
    types: readonly ResourceType[];
    find(
      service: Service,
      call: Call<PathParameters<Path>, Static<Query>, Static<Body>>,
      target: Allowed<Target>,
    ): Promise<readonly Thing[]>;
  };
  handle(
    service: Service,
    call: Call<PathParameters<Path>, Static<Query>, Static<Body>>,
    target: Allowed<Target>,
  ): Promise<unknown>;
}

/** A declaration whose types have been checked and are no longer needed. */
export type Endpoint<Service> = EndpointDeclaration<Service, string, TSchema, TSchema, unknown>;

/** `endpointsOf<ComputeService>()` gives the `endpoint()` that a service's api folder uses. */
export function endpointsOf<Service>() {
  return <
    Path extends string,
    Query extends TSchema = TSchema,
    Body extends TSchema = TSchema,
    Target = undefined,
  >(
    declaration: EndpointDeclaration<Service, Path, Query, Body, Target>,
  ): Endpoint<Service> => declaration as unknown as Endpoint<Service>;
}
