import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { actionRules, type ServerAction } from '#compute/servers/action-rules.ts';
import { ruleOf } from '#compute/servers/states.ts';
import { type TaskState, type VmState, vmStates } from '#compute/servers/status.ts';
import { updateServer } from '#compute/servers/store.ts';
import { type ActionCall, actionCalls, askForAction } from '#test/action-bodies.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { makeServer } from '#test/servers.ts';

/** One that was taken would be in the way of the next. */
const resize = { body: { resize: { flavorRef: 'not-there' } } };
const calls = Object.entries({ ...actionCalls, resize }) as [ServerAction, ActionCall][];

/** A task that no rule but those for any task allows. */
const busy: TaskState = 'spawning';

/** All that a request could have changed of a server. */
async function recordOf({ cloud }: TestCloud, id: string) {
  const db = cloud.services.database.queries;
  const server = await db.selectFrom('servers').selectAll().where('id', '=', id).execute();
  const ofServer = (table: 'instance_actions' | 'operations', column: 'server_id' | 'subject') =>
    db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll().as('count'))
      .where(column as never, '=', id as never)
      .execute();
  const actions = await ofServer('instance_actions', 'server_id');
  return { server, actions, operations: await ofServer('operations', 'subject') };
}

/** What is asked beyond the state, and says no here; the rest is taken. */
const otherRefusals: Partial<Record<ServerAction, number>> = {
  resize: 400,
  migrate: 400,
  evacuate: 400,
  'live-migrate': 400,
  'confirm-resize': 400,
  'revert-resize': 400,
  'change-password': 409,
  rebuild: 400,
  'add-fixed-ip': 400,
  'remove-fixed-ip': 400,
  'add-floating-ip': 404,
  'remove-floating-ip': 404,
  'add-security-group': 404,
  'remove-security-group': 404,
};

/** Words about a server are not what is locked; of addresses the other tests name some that are. */
const asksNoLock: ReadonlySet<ServerAction> = new Set([
  'update-tags',
  'delete-tags',
  'add-floating-ip',
  'remove-floating-ip',
]);

const surfacesOf = ({ microversion }: ActionCall) =>
  microversion === undefined ? (['v2.1', 'v2'] as const) : (['v2.1'] as const);

interface Cell {
  vmState: VmState;
  taskState: TaskState | null;
  locked?: 1;
}

/** Puts the server into the cell. @returns all that is recorded of it then */
async function enter(cloud: TestCloud, id: string, { vmState, taskState, locked }: Cell) {
  const metadata = JSON.stringify({ one: '1' });
  const change = { vm_state: vmState, task_state: taskState, locked: locked ?? 0, metadata };
  await updateServer(cloud.cloud.services.database.queries, id, change, 1);
  return recordOf(cloud, id);
}

/** Every state, at rest and busy; where only some tasks are in the way, with those that are not. */
function cellsOf(action: ServerAction): Cell[] {
  const { from, during } = ruleOf(action);
  const tasks = [...new Set([null, busy, ...(during === 'any' ? [] : during)])];
  const living = vmStates.filter((state) => state !== 'deleted');
  return living.flatMap((vmState) =>
    (from.includes(vmState) ? tasks : [null]).map((taskState) => ({ vmState, taskState })),
  );
}

const isTaken = (action: ServerAction, status: number) =>
  otherRefusals[action] === undefined ? status < 300 : status === otherRefusals[action];

describe('an action of the state table', () => {
  let cloud: TestCloud;
  /** One server for each action. */
  let ids: string[] = [];
  let isHeld = false;

  before(async () => {
    // What is asked below is recorded and never done.
    const beforeStep = () => (isHeld ? new Promise<void>(() => undefined) : Promise.resolve());
    cloud = await startTestCloud({ faults: { beforeStep } });
    await makeServer(cloud, { min_count: calls.length, config_drive: false });
    const made = (await cloud.demo.get('/v2.1/servers')).body.servers as { id: string }[];
    ids = made.map(({ id }) => id);
    isHeld = true;
  });
  after(() => cloud?.[Symbol.asyncDispose]());

  for (const [index, [action, call]] of calls.entries()) {
    const rule = ruleOf(action);

    test(`${action} is taken or refused in every cell as the table says`, async () => {
      const id = ids[index] ?? '';
      for (const { vmState, taskState } of cellsOf(action)) {
        for (const surface of surfacesOf(call)) {
          const before = await enter(cloud, id, { vmState, taskState });
          const { status, body } = await askForAction(cloud, id, call, surface);
          const told = `${surface}, ${vmState}, ${taskState}: ${status} ${JSON.stringify(body)}`;
          const isState = rule.from.includes(vmState);
          if (isState && (rule.during === 'any' || rule.during.includes(taskState))) {
            assert.doesNotMatch(JSON.stringify(body), /while it is in \w+_state/, told);
            assert.ok(isTaken(action, status), told);
            continue;
          }
          const where = isState ? `task_state ${taskState ?? 'None'}` : `vm_state ${vmState}`;
          const words = `Cannot '${rule.attribute}' instance ${id} while it is in ${where}`;
          assert.equal(status, 409, told);
          assert.equal(body.conflictingRequest.message, words, told);
          assert.deepEqual(await recordOf(cloud, id), before, told);
        }
      }
    });

    test(`${action} of a locked server is refused to all but administrators`, async () => {
      const id = ids[index] ?? '';
      const [vmState] = rule.from;
      assert.ok(vmState);
      for (const surface of surfacesOf(call)) {
        const before = await enter(cloud, id, { vmState, taskState: null, locked: 1 });
        if (!call.byAdmin && !asksNoLock.has(action)) {
          const { status, body } = await askForAction(cloud, id, call, surface);
          assert.equal(status, 409, `${surface}: ${JSON.stringify(body)}`);
          assert.equal(body.conflictingRequest.message, `Instance ${id} is locked`);
          assert.deepEqual(await recordOf(cloud, id), before);
        }
        const { status, body } = await askForAction(cloud, id, call, surface, cloud.admin);
        assert.ok(isTaken(action, status), `${surface}: ${status} ${JSON.stringify(body)}`);
      }
    });
  }
});

test('every action of the table that a request can ask for is asked for here', () => {
  const asked = new Set(Object.keys(actionCalls));
  const unasked = Object.keys(actionRules).filter((action) => !asked.has(action));
  // Deferred deletion and its end are decided by the cloud; a card that is taken out is named.
  assert.deepEqual(unasked, ['soft-delete', 'reclaim', 'detach-interface']);
});
