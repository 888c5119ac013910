/** What was asked for a server under one request. */
export interface InstanceAction {
  /** `create`, `stop`… */
  action: string;
  serverId: string;
  projectId: string;
  userId: string;
  requestId: string;
  /** `Error` when it failed. */
  message: string | null;
  startedMs: number;
  /** When it or one of its events began or ended. */
  updatedMs: number | null;
}

/** What was done on a host for it. */
export interface ActionEvent {
  name: string;
  host: string | null;
  startedMs: number;
  finishedMs: number | null;
  /** `Success`, `Error`, or null while it goes on. */
  result: string | null;
  /** What went wrong; only administrators see it. */
  details: string | null;
}

export interface ActionWithEvents {
  action: InstanceAction;
  events: ActionEvent[];
}
