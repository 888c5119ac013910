import type { Clock } from '#base/clock.ts';
import { limits } from '#base/limits.ts';
import type { Log } from '#base/log.ts';
import type { Database } from '#db/database.ts';
import {
  type BoundKind,
  type BoundStep,
  DeadlineExceeded,
  type EngineFaults,
  PutOff,
  type StepContext,
} from './operation.ts';
import { findOperation, type OperationRow, recordProgress } from './store.ts';

export interface RunTools {
  database: Database;
  clock: Clock;
  log: Log;
  faults?: EngineFaults | undefined;
  /** Aborted when the engine closes: nothing is begun, waited for or recorded any more. */
  closing: AbortSignal;
  /** Aborted when another operation takes over, also while this one is being undone. */
  taken: AbortSignal;
}

/**
 * Takes one operation from where its record says it stands to its end, or leaves it if closed.
 * @returns after how many milliseconds it is to be taken up again, where it was put off
 */
export async function runOperation(
  id: string,
  kinds: ReadonlyMap<string, BoundKind>,
  abort: AbortController,
  tools: RunTools,
): Promise<number | undefined> {
  const row = await findOperation(tools.database.queries, id);
  if (!row || (row.state !== 'running' && row.state !== 'undoing')) return undefined;
  const kind = kinds.get(row.kind);
  if (!kind) throw new Error(`operation ${id} is of the unknown kind ${row.kind}`);
  const context: StepContext<unknown> = {
    operationId: row.id,
    subject: row.subject,
    projectId: row.project_id,
    requestId: row.request_id,
    input: JSON.parse(row.input),
    data: JSON.parse(row.data),
    signal: abort.signal,
  };
  const stopTimer = startDeadline(row, kind, abort, tools);
  try {
    if (row.state === 'running') return await forward(row, kind, context, tools);
    await backward(kind, row.step, context, new Error(row.error ?? 'unknown'), tools);
    return undefined;
  } finally {
    stopTimer();
  }
}

function startDeadline(
  row: OperationRow,
  kind: BoundKind,
  abort: AbortController,
  { clock, closing }: RunTools,
): () => void {
  const timer = new AbortController();
  // What may have waited, or slept with a process that was stopped, has all of its time again.
  const remainingMs = kind.waits ? kind.deadlineMs : Math.max(0, row.deadline_ms - clock.nowMs());
  clock.sleep(remainingMs, AbortSignal.any([timer.signal, closing])).then(
    () => abort.abort(new DeadlineExceeded(kind.kind, kind.deadlineMs)),
    () => undefined,
  );
  return () => timer.abort();
}

async function forward(
  row: OperationRow,
  kind: BoundKind,
  context: StepContext<unknown>,
  tools: RunTools,
): Promise<number | undefined> {
  const facts = { operationId: row.id, requestId: row.request_id, subject: row.subject };
  for (let index = row.step; index < kind.steps.length; index += 1) {
    if (tools.closing.aborted) return undefined;
    const step = kind.steps[index];
    if (!step) return undefined;
    const startedMs = tools.clock.nowMs();
    try {
      await withAbort(context.signal, runStep(kind, step, context, tools), tools);
    } catch (error) {
      if (tools.closing.aborted) return undefined;
      if (kind.waits && error instanceof PutOff) return putOff(kind, step, context, error, tools);
      await turnBack(kind, index, step, context, error as Error, tools);
      return undefined;
    }
    const ms = tools.clock.nowMs() - startedMs;
    tools.log.debug({ ...facts, step: step.name, ms }, `${kind.kind}: step done`);
    const isLast = index === kind.steps.length - 1;
    const change = { step: index + 1, data: JSON.stringify(context.data) };
    const current = await progress(context, isLast ? { ...change, state: 'done' } : change, tools);
    if (!current) return undefined;
  }
  return undefined;
}

/** What it has learned so far is kept; nothing is undone. */
async function putOff(
  kind: BoundKind,
  step: BoundStep,
  context: StepContext<unknown>,
  { message, forMs }: PutOff,
  tools: RunTools,
): Promise<number | undefined> {
  const facts = { operationId: context.operationId, requestId: context.requestId };
  tools.log.info({ ...facts, step: step.name, reason: message }, `${kind.kind}: put off`);
  const current = await progress(context, { data: JSON.stringify(context.data) }, tools);
  return current ? forMs : undefined;
}

async function runStep(
  kind: BoundKind,
  step: BoundStep,
  context: StepContext<unknown>,
  tools: RunTools,
): Promise<void> {
  await tools.faults?.beforeStep?.(kind.kind, step.name);
  await step.run(context);
  if ((await tools.faults?.afterStep?.(kind.kind, step.name)) === 'repeat') await step.run(context);
}

async function turnBack(
  kind: BoundKind,
  index: number,
  step: BoundStep,
  context: StepContext<unknown>,
  error: Error,
  tools: RunTools,
): Promise<void> {
  const steps = index + 1;
  const change = { state: 'undoing', step: steps, error: error.message } as const;
  const current = await progress(context, change, tools);
  // Taken over by another operation: that one now answers for what is left.
  if (!current) return;
  const facts = { operationId: context.operationId, requestId: context.requestId };
  tools.log.warn({ ...facts, step: step.name, error: error.message }, `${kind.kind}: step failed`);
  await backward(kind, steps, context, error, tools);
}

/** Undoes the first `steps` steps, last first, then lets the kind say what became of it. */
async function backward(
  kind: BoundKind,
  steps: number,
  context: StepContext<unknown>,
  error: Error,
  tools: RunTools,
): Promise<void> {
  // What made the operation fail must not stop the clearing up after it.
  const undoContext = { ...context, signal: new AbortController().signal };
  for (let index = steps - 1; index >= 0; index -= 1) {
    if (tools.closing.aborted) return;
    const step = kind.steps[index];
    try {
      if (step?.undo) await withAbort(tools.taken, step.undo(undoContext), tools);
    } catch (undoError) {
      // Reconcilers compare with the host and finish what an undo could not.
      const facts = { operationId: context.operationId, step: step?.name };
      tools.log.error({ ...facts, error: String(undoError) }, `${kind.kind}: undo failed`);
    }
    if (!(await progress(context, { step: index }, tools))) return;
  }
  if (!(await sayFailed(kind, undoContext, error, tools))) return;
  await progress(context, { state: 'failed' }, tools);
}

/**
 * Again and again for a while: what must be put right before may need a host that is away for a
 * moment, and nothing but a restart would come back to a resource that is left between states.
 * @returns false where another operation has taken over, or we close
 */
async function sayFailed(
  kind: BoundKind,
  context: StepContext<unknown>,
  error: Error,
  tools: RunTools,
): Promise<boolean> {
  const endMs = tools.clock.nowMs() + limits.operationDeadlineMs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    try {
      await withAbort(tools.taken, kind.failed(context, error), tools);
      return true;
    } catch (problem) {
      if (tools.clock.nowMs() >= endMs) throw problem;
      const facts = { operationId: context.operationId, error: String(problem) };
      tools.log.error(facts, `${kind.kind}: its failure could not be settled yet`);
    }
    await tools.clock.sleep(pauseMs, tools.closing).catch(() => undefined);
    if (tools.closing.aborted) return false;
    if (!(await progress(context, { step: 0 }, tools))) return false;
  }
}

/** A deletion that takes over waits for no more than the longest of them. */
const [firstPauseMs, longestPauseMs] = [100, 5_000];

function progress(
  context: StepContext<unknown>,
  change: Parameters<typeof recordProgress>[2],
  tools: RunTools,
): Promise<boolean> {
  const nowMs = tools.clock.nowMs();
  // Steps are idempotent: what a power cut takes back of this is only done once more.
  return tools.database.note((tx) => recordProgress(tx, context.operationId, change, nowMs));
}

/**
 * Rejects after the signal aborts: at once when the work obeys it, else after a grace, so that work
 * given up on does not normally run beside what takes over from it.
 */
async function withAbort(
  signal: AbortSignal,
  work: Promise<void>,
  { clock }: RunTools,
): Promise<void> {
  if (!signal.aborted) await Promise.race([work, aborted(signal)]);
  if (!signal.aborted) return;
  const grace = new AbortController();
  const settled = work.then(
    () => undefined,
    () => undefined,
  );
  await Promise.race([settled, clock.sleep(abandonAfterMs, grace.signal).catch(() => undefined)]);
  grace.abort();
  throw signal.reason;
}

const abandonAfterMs = 30_000;

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true }),
  );
}
