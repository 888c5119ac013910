import { computeErrors } from '#compute/errors.ts';
import { type ActionRule, actionRules, type ServerAction } from './action-rules.ts';
import type { Server } from './server.ts';

export type { ServerAction } from './action-rules.ts';

/** The rule of one action, without the narrow types that the table has. */
export function ruleOf(action: ServerAction): ActionRule {
  return actionRules[action];
}

/** Whether a guest may be running after it that did not run before. */
export function startsGuest(action: ServerAction): boolean {
  const { to } = ruleOf(action);
  return to !== 'same' && to.some((state) => startedStates.has(state));
}

const startedStates: ReadonlySet<string> = new Set(['active', 'rescued', 'resized']);

/** Throws the conflict that names the state in the way, in Nova's words. */
export function requireLegal(
  server: Pick<Server, 'id' | 'vmState' | 'taskState'>,
  action: ServerAction,
): void {
  const rule = ruleOf(action);
  const facts = { action: rule.attribute, id: server.id };
  if (!rule.from.includes(server.vmState)) {
    throw computeErrors.invalidState({ ...facts, attribute: 'vm_state', state: server.vmState });
  }
  if (rule.during !== 'any' && !rule.during.includes(server.taskState)) {
    const state = server.taskState ?? 'None';
    throw computeErrors.invalidState({ ...facts, attribute: 'task_state', state });
  }
}
