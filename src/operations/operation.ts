/** What a step sees. `data` is kept with the operation as soon as the step is done. */
export interface StepContext<Input> {
  readonly operationId: string;
  /** The resource in whose queue the operation stands. */
  readonly subject: string;
  readonly projectId: string | null;
  readonly requestId: string;
  readonly input: Readonly<Input>;
  /** What earlier steps learned, as JSON values; a step may add to it. */
  readonly data: Record<string, unknown>;
  /** Aborted at the deadline, or when another operation takes over. */
  readonly signal: AbortSignal;
}

/**
 * One idempotent piece of work: it may run again after a crash, whole or half done. `undo` is
 * likewise idempotent and is also called for a step that failed midway.
 */
export interface Step<Deps, Input> {
  readonly name: string;
  run(deps: Deps, context: StepContext<Input>): Promise<void>;
  undo?(deps: Deps, context: StepContext<Input>): Promise<void>;
}

export interface OperationKind<Deps, Input> {
  /** `start-server`; stored, so it is never renamed while operations of it may exist. */
  readonly kind: string;
  readonly deadlineMs: number;
  /** Its steps may throw PutOff; the deadline counts anew whenever it is taken up again. */
  readonly waits?: true;
  readonly steps: readonly Step<Deps, Input>[];
  /** Runs once everything is undone: records for the user what became of the resource and why. */
  failed(deps: Deps, context: StepContext<Input>, error: Error): Promise<void>;
}

/** A kind with its dependencies bound, as the engine holds it. */
export interface BoundKind {
  readonly kind: string;
  readonly deadlineMs: number;
  readonly waits?: true | undefined;
  readonly steps: readonly BoundStep[];
  failed(context: StepContext<unknown>, error: Error): Promise<void>;
}

export interface BoundStep {
  readonly name: string;
  run(context: StepContext<unknown>): Promise<void>;
  undo?(context: StepContext<unknown>): Promise<void>;
}

export function bindOperation<Deps, Input>(
  kind: OperationKind<Deps, Input>,
  deps: Deps,
): BoundKind {
  return {
    kind: kind.kind,
    deadlineMs: kind.deadlineMs,
    waits: kind.waits,
    steps: kind.steps.map((step) => ({
      name: step.name,
      run: (context) => step.run(deps, context as StepContext<Input>),
      ...(step.undo && {
        undo: (context: StepContext<unknown>) =>
          step.undo?.(deps, context as StepContext<Input>) ?? Promise.resolve(),
      }),
    })),
    failed: (context, error) => kind.failed(deps, context as StepContext<Input>, error),
  };
}

export interface NewOperation {
  kind: string;
  subject: string;
  projectId: string | null;
  requestId: string;
  input: object;
  /** Takes over from whatever else is queued or running for the subject. */
  supersedes?: boolean;
}

/** The deadline of an operation passed while it was at work. */
export class DeadlineExceeded extends Error {
  constructor(kind: string, deadlineMs: number) {
    super(`${kind} was not done within ${Math.round(deadlineMs / 1000)} s`);
    this.name = 'DeadlineExceeded';
  }
}

/**
 * Thrown by a step of a kind that waits: what it needs is away. The operation stays where it is, is
 * taken up again after a while, and keeps neither a worker nor other subjects from going on.
 */
export class PutOff extends Error {
  override name = 'PutOff';
  readonly forMs: number;
  constructor(reason: string, forMs: number) {
    super(reason);
    this.forMs = forMs;
  }
}

/** Switches for the harness that repeats, fails and kills at every step. */
export interface EngineFaults {
  /** May throw to fail the step, or never resolve to play a process that died. */
  beforeStep?(kind: string, step: string): Promise<void>;
  /** After the step's work and before it is recorded; `repeat` runs the step once more. */
  afterStep?(kind: string, step: string): Promise<'repeat' | undefined>;
}
