import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomIds } from '#base/ids.ts';
import { silentLog } from '#base/log.ts';
import { VirtualClock } from '#base/virtual-clock.ts';
import type { Database } from '#db/database.ts';
import { OperationEngine } from '#operations/engine.ts';
import { type BoundKind, type BoundStep, PutOff } from '#operations/operation.ts';
import { findOperation } from '#operations/store.ts';
import { eachDatabase } from '#test/databases.ts';
import { eventually } from '#test/eventually.ts';

const restMs = 1000;

/** A kind that waits until it is told that what it needs is there, and one that does not. */
function openKinds() {
  const lines: string[] = [];
  const needed = { isThere: false };
  const wait: BoundStep = {
    name: 'wait',
    run: async ({ data }) => {
      data.tries = Number(data.tries ?? 0) + 1;
      if (!needed.isThere) throw new PutOff('not there', restMs);
      lines.push(`there after ${data.tries}`);
    },
    undo: async () => void lines.push('undone'),
  };
  const quick: BoundStep = { name: 'quick', run: async () => void lines.push('quick') };
  const failed = async () => void lines.push('failed');
  const patient: BoundKind = {
    kind: 'patient',
    deadlineMs: 5000,
    waits: true,
    steps: [wait],
    failed,
  };
  const hasty: BoundKind = { kind: 'hasty', deadlineMs: 5000, steps: [quick], failed };
  return { lines, needed, kinds: [patient, hasty] };
}

/** One worker, so that whoever kept it would keep all others waiting. */
function openEngine(database: Database, kinds: BoundKind[], clock: VirtualClock) {
  const options = { database, clock, ids: randomIds, log: silentLog, concurrency: 1 };
  const engine = new OperationEngine(options);
  for (const kind of kinds) engine.register(kind);
  return engine;
}

function submit(engine: OperationEngine, kind: string, subject: string, supersedes = false) {
  const operation = { kind, subject, projectId: null, requestId: 'req-1', input: {}, supersedes };
  return engine.transaction((_tx, record) => record(operation));
}

eachDatabase('an operation that is put off', (under) => {
  test('keeps no worker, outlives its deadline and a restart, and then goes on', async () => {
    await using opened = await under.open();
    const { lines, needed, kinds } = openKinds();
    const clock = new VirtualClock();
    const before = openEngine(opened.database, kinds, clock);
    const id = await submit(before, 'patient', 'one');
    await submit(before, 'hasty', 'two');
    await before.whenIdle();
    assert.deepEqual(lines, ['quick']);
    await clock.advance(60_000);
    await before.whenIdle();
    before.close();
    const engine = openEngine(opened.database, kinds, clock);
    await engine.start();
    await engine.whenIdle();
    const row = await findOperation(opened.database.queries, id);
    assert.equal(row?.state, 'running');
    const { tries } = JSON.parse(row?.data ?? '{}');
    needed.isThere = true;
    await clock.advance(restMs);
    await eventually('it goes on', () => lines.length > 1);
    await engine.whenIdle();
    assert.deepEqual(lines, ['quick', `there after ${tries + 1}`]);
    assert.equal((await findOperation(opened.database.queries, id))?.state, 'done');
  });

  test('has its whole time again where the deadline passes while that is written', async () => {
    await using opened = await under.open();
    const { lines, needed, kinds } = openKinds();
    const clock = new VirtualClock();
    const { queries } = opened.database;
    let notes = 0;
    const note: Database['note'] = async (work) => {
      notes += 1;
      await clock.advance(5000);
      return opened.database.note(work);
    };
    const engine = openEngine({ ...opened.database, note }, kinds, clock);
    const id = await submit(engine, 'patient', 'one');
    await engine.whenIdle();
    assert.equal(notes, 1, 'it rests');
    needed.isThere = true;
    await clock.advance(restMs);
    await eventually('it goes on', () => lines.length > 0);
    await engine.whenIdle();
    assert.deepEqual(lines, ['there after 2']);
    assert.equal((await findOperation(queries, id))?.state, 'done');
  });

  test('is taken over at once', async () => {
    await using opened = await under.open();
    const { lines, kinds } = openKinds();
    const engine = openEngine(opened.database, kinds, new VirtualClock());
    const id = await submit(engine, 'patient', 'one');
    await engine.whenIdle();
    await submit(engine, 'hasty', 'one', true);
    await eventually('the other one is done', () => lines.length > 0);
    await engine.whenIdle();
    assert.deepEqual(lines, ['quick']);
    assert.equal((await findOperation(opened.database.queries, id))?.state, 'superseded');
  });
});

eachDatabase('an operation that is being undone', (under) => {
  test('is given up for one that takes over, when its undoing does not end', async () => {
    await using opened = await under.open();
    const { lines, kinds } = openKinds();
    const stuck: BoundStep = {
      name: 'stuck',
      run: () => Promise.reject(new Error('no luck')),
      undo: () => {
        lines.push('undoing');
        return new Promise(() => undefined);
      },
    };
    const failed = async () => void lines.push('failed');
    const slow: BoundKind = { kind: 'slow', deadlineMs: 5000, steps: [stuck], failed };
    const clock = new VirtualClock();
    const engine = openEngine(opened.database, [...kinds, slow], clock);
    await submit(engine, 'slow', 'one');
    await eventually('it is being undone', () => lines.length === 1);
    await submit(engine, 'hasty', 'one', true);
    // Time to end by itself, which it does not.
    await eventually('the other one is done', async () => {
      await clock.advance(10_000);
      return lines.length > 1;
    });
    await engine.whenIdle();
    assert.deepEqual(lines, ['undoing', 'quick']);
  });
});
