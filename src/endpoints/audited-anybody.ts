import { ApiError, requestErrors } from '#base/errors.ts';
import type { Actor } from '#policy/actor.ts';
import type { AuditTrail } from './audit-trail.ts';
import { type AuditedCall, factsOf, isReading, outcomeOf, refusalOf } from './audited.ts';
import type { ProvenCaller } from './endpoint.ts';

type AskedByAnybody = Omit<AuditedCall, 'actor'>;

interface Done {
  status: number;
  reply: { body: unknown; by: ProvenCaller | undefined };
}

/** Refusals of reads that are about who asks; of a change, every refusal counts. */
const ofReads: ReadonlySet<number> = new Set([401, 403, 429]);

/**
 * Finds out who asks. That it is nobody, or that the proof is wrong, is counted.
 * @throws Unauthorized (401), and what a wrong signature is refused with
 */
export async function auditedProof(
  trail: AuditTrail | undefined,
  asked: AskedByAnybody,
  authenticate: () => Promise<Actor | undefined>,
): Promise<Actor> {
  try {
    const actor = await authenticate();
    if (!actor) throw requestErrors.authenticationRequired();
    return actor;
  } catch (error) {
    count(trail, asked, error);
    throw error;
  }
}

/**
 * Does what needs no token. Refusals are counted: with a record each, anybody could fill the disk.
 * What was done for a user whom the request itself proved has its record before it is answered: it
 * is durable by then, and nobody was told of a change that has none.
 */
export async function auditedForAnybody<T extends Done>(
  trail: AuditTrail | undefined,
  asked: AskedByAnybody,
  work: () => Promise<T>,
): Promise<T> {
  if (!trail) return work();
  try {
    const done = await work();
    const { by } = done.reply;
    if (done.status >= 400) countAs(trail, asked, { ...outcomeOf(done), userId: by?.userId });
    else if (by) await trail.record(factsOf({ ...asked, actor: by }), outcomeOf(done));
    return done;
  } catch (error) {
    count(trail, asked, error);
    throw error;
  }
}

function count(trail: AuditTrail | undefined, asked: AskedByAnybody, error: unknown): void {
  if (!trail) return;
  const userId = error instanceof ApiError ? error.aboutUserId : undefined;
  countAs(trail, asked, { ...refusalOf(error), userId });
}

function countAs(
  trail: AuditTrail,
  { surface, candidates, request }: AskedByAnybody,
  outcome: { status: number; refusal: string | null; userId: string | undefined },
): void {
  const { status, refusal, userId = null } = outcome;
  if (isReading(request) && !ofReads.has(status)) return;
  const { requestId, remoteAddress: address, method, body } = request;
  const call = patternOf(candidates, body);
  trail.refused({ requestId, surface, address, method, call, status, refusal, userId });
}

/** Whatever else stands in the body of somebody unknown is not to be kept. */
function patternOf(candidates: AskedByAnybody['candidates'], body: unknown): string {
  const path = candidates[0]?.path ?? '';
  const names = typeof body === 'object' && body !== null ? Object.keys(body) : [];
  const action = candidates.find((each) => each.action !== undefined && each.action === names[0]);
  return action ? `${path} ${action.action}` : path;
}
