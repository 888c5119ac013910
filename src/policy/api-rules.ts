import type { Actor } from './actor.ts';
import type { DecisionTarget } from './rights.ts';

/** What the calls of all services require, as their declarations have it. */
export interface ApiRules {
  /** All actions there are, as they are written; also those of calls that are not served yet. */
  readonly actions: readonly string[];
  /** In any case but the service's. */
  isRegistered(action: string): boolean;
  /** Whether some call that requires it names what it is about, so that statements can, too. */
  isDecidedForOne(action: string): boolean;
  /** The call that a request would be; undefined for none. */
  find(asked: AskedCall): KnownCall | undefined;
}

export interface AskedCall {
  method: string;
  /** `/v2.1/servers/42`. */
  path: string;
  /** The body's member, where actions share a path: `os-start`. */
  action?: string | undefined;
}

export interface KnownCall {
  /** Its way in and its declaration: `compute-v2.1`, `/servers/{server_id}/action`. */
  surface: string;
  path: string;
  requires: readonly string[];
  /** No token needed. */
  isPublic: boolean;
  /** What the path names, as policy is told; undefined where that is nothing or not to be seen. */
  describe(actor: Actor): Promise<DecisionTarget | undefined>;
}
