import { ApiError } from '#base/errors.ts';
import type { Actor } from '#policy/actor.ts';
import type { AuditFacts, AuditOutcome, AuditTrail } from './audit-trail.ts';
import type { Endpoint } from './endpoint.ts';
import type { IncomingRequest } from './serve.ts';

const readingMethods: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** Refusals that are about who asks. */
const refusingStatuses: ReadonlySet<number> = new Set([401, 403]);

export interface AuditedCall {
  surface: string;
  actor: Pick<Actor, 'userId' | 'projectId'>;
  candidates: readonly Endpoint<unknown>[];
  request: IncomingRequest;
}

/**
 * Does the work of a request with its record: what changes something is recorded before it begins,
 * so that no change that survives a power cut is without one; what only reads, when it is refused.
 */
export async function audited<T extends { status: number; reply: { body: unknown } }>(
  trail: AuditTrail | undefined,
  call: AuditedCall,
  work: () => Promise<T>,
): Promise<T> {
  if (!trail) return work();
  const id = isReading(call.request) ? undefined : await trail.begin(factsOf(call));
  try {
    const done = await work();
    if (id !== undefined) trail.end(id, outcomeOf(done));
    return done;
  } catch (error) {
    const outcome = refusalOf(error);
    if (id !== undefined) trail.end(id, outcome);
    else if (refusingStatuses.has(outcome.status))
      trail.end(await trail.begin(factsOf(call)), outcome);
    throw error;
  }
}

export function isReading({ method }: { method: string }): boolean {
  return readingMethods.has(method);
}

export function factsOf({ surface, actor, candidates, request }: AuditedCall): AuditFacts {
  const path = candidates[0]?.path ?? '';
  const action = candidates[0]?.action === undefined ? undefined : actionIn(request.body);
  return {
    requestId: request.requestId,
    surface,
    userId: actor.userId,
    projectId: actor.projectId,
    address: request.remoteAddress,
    method: request.method,
    call: action === undefined ? path : `${path} ${action}`,
    resourceId: resourceIn(path, request.params),
  };
}

/** Only names that could be an action's: the rest of a body is nobody's to keep. */
function actionIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const [name] = Object.keys(body);
  return name !== undefined && /^[\w-]{1,64}$/.test(name) ? name : undefined;
}

/** A token in a path is a secret. */
function resourceIn(path: string, params: Readonly<Record<string, string>>): string | null {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  const name = names.find((each) => !/token/.test(each));
  return name === undefined ? null : (params[name]?.slice(0, 255) ?? null);
}

export function outcomeOf({
  status,
  reply,
}: {
  status: number;
  reply: { body: unknown };
}): AuditOutcome {
  const resourceId = madeIn(reply.body);
  return { status, refusal: null, ...(resourceId !== undefined && { resourceId }) };
}

/** `{ server: { id } }` → the id. */
function madeIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const [only, ...others] = Object.values(body);
  if (typeof only !== 'object' || only === null || others.length > 0) return undefined;
  const { id } = only as { id?: unknown };
  return typeof id === 'string' ? id.slice(0, 255) : undefined;
}

export function refusalOf(error: unknown): AuditOutcome {
  if (error instanceof ApiError) return { status: error.status, refusal: error.code };
  return { status: 500, refusal: 'internal' };
}
