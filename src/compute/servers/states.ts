import { computeErrors } from '#compute/errors.ts';
import type { Server, TaskState, VmState } from './server.ts';

/**
 *   (create) → building ──→ active ⇄ stopped        any state ──(delete)──→ deleted
 *                 │           │  └── reboot ──┘
 *                 └──→ error ←┘   (an operation that failed and could not go back)
 *
 * Which request is legal in which state. Anything may be deleted at any time, also while another
 * operation runs: the deletion takes over from it. Every other request needs the server at rest.
 */
interface ActionRule {
  /** The name in messages and in instance actions. */
  attribute: string;
  vmStates: readonly VmState[];
  /** Tasks during which the request is still legal; null stands for none. */
  taskStates: readonly (TaskState | null)[] | 'any';
}

export type ServerAction =
  | 'start'
  | 'stop'
  | 'reboot-soft'
  | 'reboot-hard'
  | 'delete'
  | 'attach-interface'
  | 'detach-interface'
  | 'update-metadata'
  | 'delete-metadata'
  | 'update-tags'
  | 'delete-tags';

/** What is only written down about a server; the guest need not be at rest for it. */
const described = { vmStates: ['active', 'stopped'], taskStates: 'any' } as const;

export const actionRules: Readonly<Record<ServerAction, ActionRule>> = {
  start: { attribute: 'start', vmStates: ['stopped'], taskStates: [null] },
  stop: { attribute: 'stop', vmStates: ['active', 'error'], taskStates: [null] },
  'reboot-soft': { attribute: 'reboot', vmStates: ['active'], taskStates: [null] },
  'reboot-hard': {
    attribute: 'reboot',
    vmStates: ['active', 'stopped', 'error'],
    taskStates: [null, 'rebooting'],
  },
  delete: {
    attribute: 'delete',
    vmStates: ['building', 'active', 'stopped', 'error'],
    taskStates: 'any',
  },
  'attach-interface': {
    attribute: 'attach_interface',
    vmStates: ['active', 'stopped'],
    taskStates: [null],
  },
  'detach-interface': {
    attribute: 'detach_interface',
    vmStates: ['active', 'stopped'],
    taskStates: [null],
  },
  'update-metadata': { ...described, attribute: 'update metadata' },
  'delete-metadata': { ...described, attribute: 'delete metadata' },
  'update-tags': { ...described, attribute: 'update tags' },
  'delete-tags': { ...described, attribute: 'delete tags' },
};

/** Throws the conflict that names the state in the way, in Nova's words. */
export function requireLegal(server: Server, action: ServerAction): void {
  const rule = actionRules[action];
  const facts = { action: rule.attribute, id: server.id };
  if (!rule.vmStates.includes(server.vmState)) {
    throw computeErrors.invalidState({ ...facts, attribute: 'vm_state', state: server.vmState });
  }
  if (rule.taskStates !== 'any' && !rule.taskStates.includes(server.taskState)) {
    const state = server.taskState ?? 'None';
    throw computeErrors.invalidState({ ...facts, attribute: 'task_state', state });
  }
}
