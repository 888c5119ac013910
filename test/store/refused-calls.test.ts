import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RefusedCalls } from '#audit/refused-calls.ts';
import { listRefused, type RefusedCallsRow } from '#audit/refused-store.ts';
import { listRecords } from '#audit/store.ts';
import { DatabaseAuditTrail } from '#audit/trail.ts';
import { randomIds } from '#base/ids.ts';
import { limits } from '#base/limits.ts';
import { silentLog } from '#base/log.ts';
import { VirtualClock } from '#base/virtual-clock.ts';
import type { Database, Queries } from '#db/database.ts';
import type { AuditFacts, RefusedCall } from '#endpoints/audit-trail.ts';
import { eachDatabase } from '#test/databases.ts';

const refused = (change: Partial<RefusedCall> = {}): RefusedCall => ({
  requestId: 'req-1',
  surface: 'identity',
  address: '192.0.2.1',
  method: 'POST',
  call: '/auth/tokens',
  status: 401,
  refusal: 'AuthenticationFailed',
  userId: null,
  ...change,
});

const facts: AuditFacts = {
  requestId: 'req-2',
  surface: 'compute-v2.1',
  userId: 'user',
  projectId: null,
  address: '192.0.2.1',
  method: 'DELETE',
  call: '/servers/{server_id}',
  resourceId: 'server',
};

function trailOn(database: Database) {
  const clock = new VirtualClock();
  const trail = new DatabaseAuditTrail({ database, clock, ids: randomIds, log: silentLog });
  const written = async () => {
    await clock.advance(limits.refusedCallsWrittenMs);
    await trail.whenWritten();
  };
  return { clock, trail, written };
}

const rowsOf = (db: Queries) => listRefused(db, undefined, 100_000);
const sumOf = (rows: readonly RefusedCallsRow[]) => rows.reduce((sum, { count }) => sum + count, 0);

eachDatabase('refused calls of unknown callers', (under) => {
  test('what is alike within an hour is one row, with first, last and how many', async () => {
    await using opened = await under.open();
    const { clock, trail, written } = trailOn(opened.database);
    const startMs = clock.nowMs();
    for (let count = 0; count < 3; count += 1) trail.refused(refused());
    await written();
    trail.refused(refused({ requestId: 'req-last' }));
    trail.refused(refused({ userId: 'known' }));
    await written();
    const [first, second, ...none] = await rowsOf(opened.database.queries);
    const { key: _key, ...told } = first ?? assert.fail();
    const { requestId: _request, userId: _user, ...like } = refused();
    const lastMs = startMs + limits.refusedCallsWrittenMs;
    assert.deepEqual(
      { ...told },
      {
        ...like,
        user_id: null,
        count: 4,
        first_ms: startMs,
        last_ms: lastMs,
        request_id: 'req-last',
      },
    );
    assert.deepEqual([second?.user_id, second?.count, none], ['known', 1, []]);
    await clock.advance(limits.refusedCallsTogetherMs);
    trail.refused(refused());
    await written();
    assert.equal((await rowsOf(opened.database.queries)).length, 3);
  });

  test('an IPv6 source is its first 64 bits, and a mapped address the IPv4 one', async () => {
    await using opened = await under.open();
    const { trail, written } = trailOn(opened.database);
    for (const address of ['2001:db8::1', '2001:db8:0:0:ffff::2', '::ffff:192.0.2.1']) {
      trail.refused(refused({ address }));
    }
    trail.refused(refused());
    await written();
    const rows = await rowsOf(opened.database.queries);
    const told = rows.map(({ address, count }) => [address, count]);
    assert.deepEqual(told.sort(), [
      ['192.0.2.1', 2],
      ['2001:db8::/64', 2],
    ]);
  });

  test('one source has its part of the rows, and leaves room for others', async () => {
    await using opened = await under.open();
    const { trail, written } = trailOn(opened.database);
    for (let number = 0; number < 1000; number += 1) {
      trail.refused(refused({ call: `/path-${number}` }));
    }
    trail.refused(refused({ address: '192.0.2.2' }));
    await written();
    const rows = await rowsOf(opened.database.queries);
    const ofOne = rows.filter(({ address }) => address === '192.0.2.1');
    assert.equal(ofOne.length, limits.refusedCallsPerSource + 1);
    const rest = ofOne.find(({ call }) => call === null);
    assert.equal(rest?.count, 1000 - limits.refusedCallsPerSource);
    assert.equal(rows.find(({ address }) => address === '192.0.2.2')?.call, '/auth/tokens');
  });
});

eachDatabase('many refused calls, and the end of the process', (under) => {
  test('100,000 refusals leave a bounded number of rows, and all count', async () => {
    await using opened = await under.open();
    const { clock, trail, written } = trailOn(opened.database);
    const hours = 50;
    for (let number = 0; number < 100_000; number += 1) {
      const userId = number % 7 === 0 ? `user-${number}` : null;
      const address = `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`;
      trail.refused(refused({ address, userId }));
      if (number % (100_000 / hours) !== 0) continue;
      await written();
      await clock.advance(limits.refusedCallsTogetherMs);
    }
    await written();
    const rows = await rowsOf(opened.database.queries);
    const days = rows.filter(({ address }) => address === null);
    assert.equal(rows.length - days.length, limits.refusedCallRows);
    assert.equal(days.length, 3);
    assert.equal(sumOf(rows), 100_000);
    // What gave way are the eldest.
    const eldestMs = Math.min(...rows.map((row) => (row.address ? row.first_ms : Infinity)));
    assert.ok(eldestMs > clock.nowMs() - hours * limits.refusedCallsTogetherMs);
  });

  test('a crash takes counts of the last second at most, and no record of a change', async () => {
    await using opened = await under.open();
    const { trail, written } = trailOn(opened.database);
    for (let count = 0; count < 1000; count += 1) trail.refused(refused());
    await written();
    for (let count = 0; count < 10; count += 1) trail.refused(refused());
    await trail.begin(facts);
    await trail.record(
      { ...facts, call: '/users/{user_id}/password' },
      { status: 204, refusal: null },
    );
    // As a killed process would: what is not written by now never is.
    await trail.abandon();
    assert.equal(sumOf(await rowsOf(opened.database.queries)), 1000);
    const records = await listRecords(opened.database.queries, undefined, 10);
    const told = records.map(({ call, status }) => [call, status]).sort();
    assert.deepEqual(told, [
      ['/servers/{server_id}', null],
      ['/users/{user_id}/password', 204],
    ]);
  });

  test('who closes loses nothing', async () => {
    await using opened = await under.open();
    const { trail } = trailOn(opened.database);
    for (let count = 0; count < 10; count += 1) trail.refused(refused());
    await trail.close();
    assert.equal(sumOf(await rowsOf(opened.database.queries)), 10);
  });
});

test('what could not be written is kept for another time, and no more of it than fits', () => {
  const calls = new RefusedCalls();
  for (let hour = 0; hour < 10; hour += 1) {
    for (let number = 0; number < 1000; number += 1) {
      const address = `10.0.${number >> 8}.${number & 255}`;
      calls.count(refused({ address }), hour * limits.refusedCallsTogetherMs);
    }
    calls.takeBack(calls.take());
  }
  const rows = calls.take();
  assert.equal(sumOf(rows), 10_000);
  assert.ok(rows.length <= limits.refusedCallsPerHour + 1, `${rows.length}`);
});
