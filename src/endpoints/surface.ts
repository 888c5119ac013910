import type { ApiError } from '#base/errors.ts';
import type { Microversion } from '#base/microversion.ts';
import type { Endpoint } from './endpoint.ts';

/** What a dialect sends for a refusal. */
export interface RenderedError {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

/** `accept` is the request's header: Glance answers browsers and Python clients in HTML. */
export type ErrorRenderer = (error: ApiError, requestId: string, accept?: string) => RenderedError;

/** How clients of a surface ask for a version, and what they may ask for. */
export interface Versioning {
  minimum: Microversion;
  maximum: Microversion;
  /** Service name in `OpenStack-API-Version: compute 2.96`. */
  serviceType: string;
  /** Older header of the same meaning, e.g. `x-openstack-nova-api-version`. */
  legacyHeader?: string;
}

/**
 * One way in to a service: where its endpoints are mounted, how versions are negotiated and what
 * refusals look like. Two dialects of one service are two surfaces over the same endpoints.
 */
export interface Surface<Service> {
  /** `compute-v2.1`. */
  name: string;
  /** `/v2.1` and so on; each endpoint answers under every prefix. */
  prefixes: readonly string[];
  /** Also mount under `{prefix}/{project_id}`, which must then be the token's project. */
  withProjectId: boolean;
  /** Absent: the surface has one version and sends no version headers. */
  versioning?: Versioning;
  /** The version in which bodies are read and written where there is no versioning. */
  fixedVersion: Microversion;
  /** Unknown members of bodies are ignored rather than refused, as Nova's legacy v2 does. */
  lenientBodies?: boolean;
  /** Of a parameter that is no list, the last mention counts; without it a second is refused. */
  lastMentionCounts?: boolean;
  /** The service's own name of the request's id, besides those that every answer has. */
  requestIdHeader?: string;
  renderError: ErrorRenderer;
  /** Sentence for a body that breaks its schema; the default follows Nova's. */
  describeInvalid?: (problem: InvalidInput) => string;
  endpoints: readonly Endpoint<Service>[];
  service: Service;
}

/** The first rule that a query or body broke. */
export interface InvalidInput {
  where: 'query' | 'body';
  /** `/server/name`; empty for the whole. */
  pointer: string;
  /** The offending value. */
  value: unknown;
  /** What the validator says of it: `must NOT have fewer than 1 characters`. */
  rule: string;
}

export function surface<Service>(description: Surface<Service>): Surface<unknown> {
  return description as Surface<unknown>;
}
