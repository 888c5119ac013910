import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomIds } from '#base/ids.ts';
import { silentLog } from '#base/log.ts';
import { VirtualClock } from '#base/virtual-clock.ts';
import type { Database } from '#db/database.ts';
import { OperationEngine } from '#operations/engine.ts';
import type { BoundKind, BoundStep, EngineFaults } from '#operations/operation.ts';
import { findOperation, listUnfinished } from '#operations/store.ts';
import { eachDatabase } from '#test/databases.ts';

interface Journal {
  lines: string[];
  kind(name: string, steps: BoundStep[], deadlineMs?: number): BoundKind;
  step(name: string, work?: (data: Record<string, unknown>) => void): BoundStep;
  /** A step that goes on until it is told to end. */
  stuck: BoundStep;
}

function openJournal(): Journal {
  const lines: string[] = [];
  return {
    lines,
    kind: (name, steps, deadlineMs = 60_000) => ({
      kind: name,
      deadlineMs,
      steps,
      failed: async (_context, error) => void lines.push(`failed: ${error.message}`),
    }),
    step: (name, work) => ({
      name,
      run: async (context) => {
        lines.push(name);
        work?.(context.data);
      },
      undo: async () => void lines.push(`undo ${name}`),
    }),
    stuck: {
      name: 'stuck',
      run: (context) =>
        new Promise((_resolve, reject) => {
          lines.push('stuck');
          context.signal.addEventListener('abort', () => reject(context.signal.reason));
        }),
      undo: async () => void lines.push('undo stuck'),
    },
  };
}

function openEngine(database: Database, kinds: BoundKind[], faults?: EngineFaults) {
  const clock = new VirtualClock();
  const options = { database, clock, ids: randomIds, log: silentLog, concurrency: 4, faults };
  const engine = new OperationEngine(options);
  for (const kind of kinds) engine.register(kind);
  return { engine, clock };
}

function submit(engine: OperationEngine, kind: string, subject = 'one', supersedes = false) {
  const operation = { kind, subject, projectId: null, requestId: 'req-1', input: {}, supersedes };
  return engine.transaction((_tx, record) => record(operation));
}

eachDatabase('operations', (under) => {
  test('steps run in order and see what earlier steps learned', async () => {
    await using opened = await under.open();
    const journal = openJournal();
    const first = journal.step('first', (data) => Object.assign(data, { found: 7 }));
    const second = journal.step('second', (data) => journal.lines.push(String(data.found)));
    const { engine } = openEngine(opened.database, [journal.kind('walk', [first, second])]);
    const id = await submit(engine, 'walk');
    await engine.whenIdle();
    assert.deepEqual(journal.lines, ['first', 'second', '7']);
    assert.equal((await findOperation(opened.database.queries, id))?.state, 'done');
  });

  test('a failing step and all before it are undone, last first; the kind is told', async () => {
    await using opened = await under.open();
    const journal = openJournal();
    const broken: BoundStep = {
      ...journal.step('broken'),
      run: () => Promise.reject(new Error('no luck')),
    };
    const kind = journal.kind('walk', [journal.step('first'), broken, journal.step('never')]);
    const { engine } = openEngine(opened.database, [kind]);
    const id = await submit(engine, 'walk');
    await engine.whenIdle();
    assert.deepEqual(journal.lines, ['first', 'undo broken', 'undo first', 'failed: no luck']);
    assert.equal((await findOperation(opened.database.queries, id))?.state, 'failed');
  });

  test('what a dead process left goes on at the step that was not recorded', async () => {
    await using opened = await under.open();
    const journal = openJournal();
    const kind = journal.kind('walk', [journal.step('first'), journal.step('second')]);
    const died = Promise.withResolvers<void>();
    const dying = openEngine(opened.database, [kind], {
      beforeStep: (_kind, step) => {
        if (step !== 'second') return Promise.resolve();
        died.resolve();
        return new Promise(() => undefined);
      },
    });
    await submit(dying.engine, 'walk');
    await died.promise;
    dying.engine.close();
    const { engine } = openEngine(opened.database, [kind]);
    await engine.start();
    await engine.whenIdle();
    assert.deepEqual(journal.lines, ['first', 'second']);
    assert.deepEqual(await listUnfinished(opened.database.queries), []);
  });

  test('a transaction that fails records no operation', async () => {
    await using opened = await under.open();
    const journal = openJournal();
    const kind = journal.kind('walk', [journal.step('first')]);
    const { engine } = openEngine(opened.database, [kind]);
    const work = engine.transaction(async (_tx, record) => {
      const rest = { projectId: null, requestId: 'req-1', input: {} };
      await record({ kind: 'walk', subject: 'one', ...rest });
      throw new Error('decided otherwise');
    });
    await assert.rejects(work, /decided otherwise/);
    await engine.whenIdle();
    assert.deepEqual(journal.lines, []);
    assert.deepEqual(await listUnfinished(opened.database.queries), []);
  });
});

eachDatabase("a subject's queue", (under) => {
  test('operations of one subject run one after another, of others side by side', async () => {
    await using opened = await under.open();
    const journal = openJournal();
    const gate = Promise.withResolvers<void>();
    const waiting: BoundStep = {
      name: 'wait',
      run: async (context) => {
        journal.lines.push(`begin ${context.subject}`);
        await gate.promise;
        journal.lines.push(`end ${context.subject}`);
      },
    };
    const quick = journal.kind('quick', [journal.step('quick')]);
    const { engine } = openEngine(opened.database, [journal.kind('slow', [waiting]), quick]);
    await submit(engine, 'slow', 'one');
    // Of two subjects the one that was asked for later may begin first.
    while (journal.lines.length === 0) await new Promise((done) => setImmediate(done));
    await submit(engine, 'quick', 'one');
    await submit(engine, 'quick', 'two');
    while (!journal.lines.includes('quick')) await new Promise((done) => setImmediate(done));
    assert.deepEqual(journal.lines, ['begin one', 'quick']);
    gate.resolve();
    await engine.whenIdle();
    assert.deepEqual(journal.lines, ['begin one', 'quick', 'end one', 'quick']);
  });

  test('an operation that supersedes ends what runs, without undoing it', async () => {
    await using opened = await under.open();
    const journal = openJournal();
    const takeover = journal.kind('takeover', [journal.step('clear')]);
    const { engine } = openEngine(opened.database, [
      journal.kind('slow', [journal.stuck]),
      takeover,
    ]);
    const first = await submit(engine, 'slow');
    while (journal.lines.length === 0) await new Promise((done) => setImmediate(done));
    await submit(engine, 'takeover', 'one', true);
    await engine.whenIdle();
    assert.deepEqual(journal.lines, ['stuck', 'clear']);
    assert.equal((await findOperation(opened.database.queries, first))?.state, 'superseded');
  });

  test('an operation that is not done by its deadline is failed and undone', async () => {
    await using opened = await under.open();
    const journal = openJournal();
    const { engine, clock } = openEngine(opened.database, [
      journal.kind('slow', [journal.stuck], 5000),
    ]);
    await submit(engine, 'slow');
    while (journal.lines.length === 0) await new Promise((done) => setImmediate(done));
    await clock.advance(5000);
    await engine.whenIdle();
    const end = 'failed: slow was not done within 5 s';
    assert.deepEqual(journal.lines, ['stuck', 'undo stuck', end]);
  });
});
