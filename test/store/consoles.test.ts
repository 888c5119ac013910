import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  deleteExpiredGrants,
  deleteGrant,
  findGrant,
  insertGrant,
} from '#compute/consoles/store.ts';
import { eachDatabase } from '#test/databases.ts';

const grant = { serverId: 's', userId: 'u', auditId: 'a', type: 'novnc', expiresMs: 1000 } as const;

eachDatabase('console tokens', (under) => {
  test('a token is good until its time, and only whole', async () => {
    await using opened = await under.open();
    const db = opened.database.queries;
    await insertGrant(db, 'token', grant);
    assert.deepEqual(await findGrant(db, 'token', 999), grant);
    assert.equal(await findGrant(db, 'token', 1000), undefined);
    assert.equal(await findGrant(db, 'toke', 0), undefined);
    assert.equal(await findGrant(db, '', 0), undefined);
  });

  test('of two who take a token one gets it', async () => {
    await using opened = await under.open();
    await insertGrant(opened.database.queries, 'token', grant);
    const take = () => opened.database.transaction((tx) => deleteGrant(tx, 'token'));
    const taken = await Promise.all([take(), take(), take()]);
    assert.deepEqual(taken.sort(), [false, false, true]);
  });

  test('what expired is swept, the rest stays', async () => {
    await using opened = await under.open();
    const db = opened.database.queries;
    await insertGrant(db, 'old', grant);
    await insertGrant(db, 'new', { ...grant, expiresMs: 1001 });
    await deleteExpiredGrants(db, 1000);
    assert.equal(await findGrant(db, 'old', 0), undefined);
    assert.deepEqual(await findGrant(db, 'new', 0), { ...grant, expiresMs: 1001 });
  });
});
