import { type ActionRule, actionRules } from './action-rules.ts';
import { type VmState, vmStates } from './status.ts';

const rules = Object.entries<ActionRule>(actionRules);

/** Rules that change where the server is; what stays the same is no arrow. */
function arrowsFrom(state: VmState): Map<string, string[]> {
  const arrows = new Map<string, string[]>();
  for (const [action, { from, to }] of rules) {
    if (to === 'same' || !from.includes(state)) continue;
    const targets = to.join(' | ');
    arrows.set(targets, [...(arrows.get(targets) ?? []), action]);
  }
  return arrows;
}

/** `active ──pause──→ paused`: a line for each arrow. Deletion, legal everywhere, is not drawn. */
export function stateDrawing(): string[] {
  return vmStates.flatMap((state) =>
    [...arrowsFrom(state)].flatMap(([targets, actions]) => {
      const drawn = actions.filter((action) => !/delete$|^reclaim$/.test(action));
      return drawn.length > 0 ? [`${state} ──${drawn.join(', ')}──→ ${targets}`] : [];
    }),
  );
}

function cell(rule: ActionRule, state: VmState): string {
  if (!rule.from.includes(state)) return '';
  return rule.to === 'same' ? '=' : rule.to.join(' or ');
}

function duringOf({ during }: ActionRule): string {
  if (during === 'any') return 'any';
  return during.map((task) => task ?? 'none').join(', ');
}

/** `docs/server-states.md`. */
export function stateDocument(): string {
  const matrix = rules.map(
    ([action, rule]) => `| ${action} | ${vmStates.map((state) => cell(rule, state)).join(' | ')} |`,
  );
  const tasks = rules.map(
    ([action, rule]) => `| ${action} | ${rule.task ?? 'none'} | ${duringOf(rule)} |`,
  );
  return `${[
    '# States of a server, and what may be asked in each',
    '',
    'Printed from `src/compute/servers/action-rules.ts`; do not edit. A request in a state without',
    'an entry is refused with 409 and the state that is in the way.',
    '',
    '```',
    ...stateDrawing(),
    '```',
    '',
    '## Action by state',
    '',
    'The entry is where success leads; `=` is where it was.',
    '',
    `| action | ${vmStates.join(' | ')} |`,
    `| --- |${' --- |'.repeat(vmStates.length)}`,
    ...matrix,
    '',
    '## Tasks',
    '',
    'What the server is busy with while the action is at work, and when it may be asked.',
    '',
    '| action | task | legal during |',
    '| --- | --- | --- |',
    ...tasks,
  ].join('\n')}\n`;
}
