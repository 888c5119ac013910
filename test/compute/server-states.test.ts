import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { type ActionRule, actionRules, type ServerAction } from '#compute/servers/action-rules.ts';
import { stateDrawing } from '#compute/servers/state-document.ts';
import { requireLegal } from '#compute/servers/states.ts';
import { taskStates, type VmState, vmStates } from '#compute/servers/status.ts';

const actions = Object.entries(actionRules) as [ServerAction, ActionRule][];
const id = '0f5b3a9c-6f3e-4f60-9c43-3a8a4ad1a001';

/** The refusal's message, or null where the action is legal. */
function refusal(action: ServerAction, vmState: VmState, taskState: string | null) {
  try {
    requireLegal({ id, vmState, taskState: taskState as never }, action);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

for (const [action, rule] of actions) {
  test(`${action} is legal in exactly the states and tasks of its row`, () => {
    for (const vmState of vmStates) {
      for (const task of [null, ...taskStates]) {
        const isDuring = rule.during === 'any' || rule.during.includes(task);
        const message = refusal(action, vmState, task);
        const cell = `${vmState}, ${task}`;
        const stem = `Cannot '${rule.attribute}' instance ${id} while it is in`;
        if (!rule.from.includes(vmState)) {
          assert.equal(message, `${stem} vm_state ${vmState}`, cell);
        } else if (!isDuring) assert.equal(message, `${stem} task_state ${task ?? 'None'}`, cell);
        else assert.equal(message, null, cell);
      }
    }
  });
}

test('from every state but deleted a server can be deleted, during every task', () => {
  for (const vmState of vmStates.filter((state) => state !== 'deleted')) {
    for (const task of [null, ...taskStates]) {
      assert.equal(refusal('delete', vmState, task), null);
      assert.equal(refusal('force-delete', vmState, task), null);
    }
  }
});

test('what is deleted stays so; every other state is left by more than deletion', () => {
  const leaving = actions.filter(([, rule]) => rule.to !== 'same' && rule.during !== 'any');
  for (const vmState of vmStates) {
    const legal = actions.filter(([, rule]) => rule.from.includes(vmState));
    if (vmState === 'deleted') assert.deepEqual(legal, []);
    else if (vmState !== 'building') {
      assert.ok(
        leaving.some(([, rule]) => rule.from.includes(vmState)),
        vmState,
      );
    }
  }
});

test('every task but those of creation and of deeper steps belongs to a row', () => {
  const ofRows = new Set(actions.map(([, rule]) => rule.task));
  const deeper = taskStates.filter((task) => !ofRows.has(task));
  assert.deepEqual(deeper, [
    'scheduling',
    'networking',
    'spawning',
    'resize_migrating',
    'resize_migrated',
    'resize_finish',
    'rebuild_spawning',
    'image_snapshot',
    'image_pending_upload',
    'image_uploading',
    'shelving_image_pending_upload',
    'shelving_image_uploading',
  ]);
});

test("the drawing above the table is the table's", async () => {
  const file = new URL('../../src/compute/servers/action-rules.ts', import.meta.url);
  const drawn = (await readFile(file, 'utf8')).match(/^ \* {3}\S+ ──.*$/gm) ?? [];
  assert.deepEqual(
    drawn.map((line) => line.slice(' *   '.length)),
    stateDrawing(),
  );
});
