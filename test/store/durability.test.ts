import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { openDatabase } from '#db/database.ts';
import { LogSync } from '#db/dialects/log-sync.ts';
import { temporaryState } from '#test/state.ts';

/** A disk that does what it is told when the test lets it. */
function slowDisk() {
  const calls: PromiseWithResolvers<void>[] = [];
  return {
    calls,
    sync: () => {
      const call = Promise.withResolvers<void>();
      calls.push(call);
      return call.promise;
    },
    syncNow: () => undefined,
    close: () => undefined,
  };
}

/** Lets what can go on go on. */
const turns = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A log whose disk works at the first commit. */
async function busyLog() {
  const disk = slowDisk();
  const log = new LogSync(disk);
  log.noteCommit();
  const first = log.flush();
  await turns();
  return { disk, log, first };
}

test('all who wait at one time are served by one call to the disk', async () => {
  const { disk, log, first } = await busyLog();
  log.noteCommit();
  const others = [log.flush(), log.flush()];
  await turns();
  assert.equal(disk.calls.length, 1);
  disk.calls[0]?.resolve();
  await first;
  await turns();
  assert.equal(disk.calls.length, 2);
  disk.calls[1]?.resolve();
  await Promise.all(others);
  await log.flush();
  assert.equal(disk.calls.length, 2);
});

test('a commit made while the disk is busy is not taken for durable', async () => {
  const { disk, log, first } = await busyLog();
  log.noteCommit();
  disk.calls[0]?.resolve();
  await first;
  let isDurable = false;
  const second = log.flush().then(() => {
    isDurable = true;
  });
  await turns();
  assert.equal(isDurable, false);
  disk.calls[1]?.resolve();
  await second;
});

test('after the disk has failed once nothing is promised any more', async () => {
  const { disk, log, first } = await busyLog();
  log.noteCommit();
  const second = log.flush();
  disk.calls[0]?.reject(new Error('no such luck'));
  await assert.rejects(first, /no such luck/);
  await assert.rejects(second, /no such luck/);
  log.noteCommit();
  await assert.rejects(log.flush(), /no such luck/);
  assert.equal(disk.calls.length, 1);
});

test('what a database has answered is there when it is opened again', async () => {
  using state = temporaryState();
  const path = join(state.path, 'test.sqlite');
  const first = await openDatabase(path);
  await first.transaction((tx) =>
    tx
      .insertInto('quota_classes')
      .values({ class_name: 'default', resource: 'cores', hard_limit: 1 })
      .execute(),
  );
  const second = await openDatabase(path);
  const rows = await second.queries.selectFrom('quota_classes').selectAll().execute();
  assert.equal(rows.length, 1);
  await second.close();
  await first.close();
});
