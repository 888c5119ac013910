/** Who asks for what, and from where. Bodies are not part of it: they may hold secrets. */
export interface AuditFacts {
  requestId: string;
  surface: string;
  userId: string;
  projectId: string | null;
  /** Address of the peer. */
  address: string;
  method: string;
  /** The endpoint's path pattern, with the action's name where actions share it. */
  call: string;
  /** What the path names first: a server, an image; null where it names nothing. */
  resourceId: string | null;
}

export interface AuditOutcome {
  /** HTTP status of the answer. */
  status: number;
  /** The error's code, or null. */
  refusal: string | null;
  /** What was made, where the path could not name it yet. */
  resourceId?: string;
}

/** What was refused to somebody of whom no token or signature tells who that is. */
export interface RefusedCall {
  requestId: string;
  surface: string;
  address: string;
  method: string;
  /** The endpoint's path pattern, with an action's name only where there is such an action. */
  call: string;
  status: number;
  refusal: string | null;
  /** An existing user whom the proof was to be of; what else was typed there is never kept. */
  userId: string | null;
}

/** Keeps who did what. */
export interface AuditTrail {
  /** Resolves once it is recorded that this is asked; it outlives us with the change itself. */
  begin(facts: AuditFacts): Promise<string>;
  /** Never fails and is not waited for. */
  end(id: string, outcome: AuditOutcome): void;
  /** Records what has been done already; it is on the disk when this resolves. */
  record(facts: AuditFacts, outcome: AuditOutcome): Promise<void>;
  /** Counts it with others like it. Never fails and is not waited for. */
  refused(call: RefusedCall): void;
}
