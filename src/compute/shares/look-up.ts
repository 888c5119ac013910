import { computeErrors } from '#compute/errors.ts';
import type { Server } from '#compute/servers/server.ts';
import type { VmState } from '#compute/servers/status.ts';
import type { Allowed } from '#policy/engine.ts';
import { shareErrors } from './errors.ts';

/** States in which shares come and go: a guest that runs keeps those it has. */
const attachable: readonly VmState[] = ['stopped'];
const detachable: readonly VmState[] = ['stopped', 'error'];

/**
 * There is no service for shared file systems, so that whatever share is named is not there.
 * @throws InstanceInvalidState (409) before that, and ShareNotFound (404)
 */
export function refuseAttaching(server: Allowed<Server>, shareId: string): never {
  requireState(server, attachable, 'create share');
  throw shareErrors.notFound({ id: shareId });
}

/** @throws InstanceInvalidState (409), ShareNotFound (404) */
export function refuseDetaching(server: Allowed<Server>, shareId: string): never {
  requireState(server, detachable, 'delete share');
  throw shareErrors.notFound({ id: shareId });
}

function requireState(server: Server, states: readonly VmState[], action: string): void {
  if (states.includes(server.vmState)) return;
  const state = { attribute: 'vm_state', state: server.vmState };
  throw computeErrors.invalidState({ action, id: server.id, ...state });
}
