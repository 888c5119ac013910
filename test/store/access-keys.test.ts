import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomIds } from '#base/ids.ts';
import { silentLog } from '#base/log.ts';
import { VirtualClock } from '#base/virtual-clock.ts';
import type { Database } from '#db/database.ts';
import { createAccessKey } from '#identity/access-keys/create.ts';
import {
  deleteAccessKeyRow,
  findAccessKey,
  listAccessKeyRows,
  noteKeyUse,
  updateAccessKeyRow,
} from '#identity/access-keys/store.ts';
import { createIdentity } from '#identity/service.ts';
import { createUser } from '#identity/users/create.ts';
import { systemActor } from '#policy/actor.ts';
import { eachDatabase } from '#test/databases.ts';
import { testSeals } from '#test/seals.ts';

async function userOn(database: Database) {
  const { context, seed } = createIdentity({
    database,
    clock: new VirtualClock(),
    ids: randomIds,
    log: silentLog,
    seals: testSeals(),
    catalog: () => [],
    passwordCost: { N: 16, r: 1, p: 1 },
  });
  await seed({ admin: 'a', demo: 'd' });
  const plain = { password: null, isEnabled: true, defaultProjectId: null, options: {}, extra: {} };
  const { id: userId } = await createUser(context, { ...plain, name: 'ken', domainId: 'default' });
  const create = async (description: string) => {
    const made = await createAccessKey(context, systemActor(null), { userId, description });
    return made.key;
  };
  return { userId, create };
}

eachDatabase('access keys', (under) => {
  test('a key comes back as it was stored, and changed as it was changed', async () => {
    await using opened = await under.open();
    const { queries } = opened.database;
    const { userId, create } = await userOn(opened.database);
    const first = await create('päckchen ✓');
    assert.deepEqual(await findAccessKey(queries, first.access), first);
    await updateAccessKeyRow(queries, first.access, { description: '', isActive: false });
    const changed = { ...first, description: '', isActive: false };
    assert.deepEqual(await listAccessKeyRows(queries, userId), [changed]);
    await deleteAccessKeyRow(queries, first.access);
    assert.equal(await findAccessKey(queries, first.access), undefined);
  });

  test('of two uses the later one is kept, whichever is told first', async () => {
    await using opened = await under.open();
    const { queries } = opened.database;
    const { access } = await (await userOn(opened.database)).create('');
    const later = 2 ** 41;
    await noteKeyUse(queries, access, later);
    await noteKeyUse(queries, access, later - 1);
    assert.equal((await findAccessKey(queries, access))?.usedMs, later);
  });

  test('two who ask for the last key at once do not both get it', async () => {
    await using opened = await under.open();
    const { userId, create } = await userOn(opened.database);
    await create('');
    const both = await Promise.allSettled([create(''), create('')]);
    assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    assert.equal((await listAccessKeyRows(opened.database.queries, userId)).length, 2);
  });
});
