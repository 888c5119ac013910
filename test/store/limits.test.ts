import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RegisteredLimit } from '#identity/limits/limit.ts';
import {
  deleteLimitRow,
  deleteLimitsOfService,
  deleteRegisteredRow,
  hasLimits,
  insertLimit,
  insertRegistered,
  listLimitRows,
  listRegisteredRows,
  replaceLimit,
  replaceRegistered,
} from '#identity/limits/store.ts';
import type { Project } from '#identity/projects/project.ts';
import { deleteProjectRow, insertProject } from '#identity/projects/store.ts';
import { eachDatabase } from '#test/databases.ts';

const registered: RegisteredLimit = {
  id: 'cores',
  serviceId: 's',
  regionId: null,
  resourceName: 'cores',
  defaultLimit: -1,
  description: null,
};
const limit = {
  id: 'l',
  registeredLimitId: 'cores',
  ownerId: 'd',
  resourceLimit: 2 ** 31 - 1,
  description: 'all',
};
const shown = {
  ...limit,
  serviceId: 's',
  regionId: null,
  resourceName: 'cores',
  ownerIsDomain: true,
};

function domain(id: string): Project {
  const content = { description: '', isEnabled: true, tags: [], options: {}, extra: {} };
  return { ...content, id, name: id, domainId: null, parentId: null, isDomain: true };
}

eachDatabase('limits', (under) => {
  test('limits say what their registered ones say, and are found by owner', async () => {
    await using opened = await under.open();
    const { queries } = opened.database;
    await insertProject(queries, domain('d'));
    await insertProject(queries, domain('e'));
    await insertRegistered(queries, registered);
    await insertRegistered(queries, { ...registered, id: 'far', regionId: 'r' });
    assert.equal(await hasLimits(queries, 'cores'), false);
    await insertLimit(queries, shown);
    assert.equal(await hasLimits(queries, 'cores'), true);
    assert.deepEqual(await listLimitRows(queries, { ownerId: 'd' }), [shown]);
    assert.deepEqual(await listLimitRows(queries, { ownerId: 'e' }), []);
    await assert.rejects(insertLimit(queries, { ...shown, id: 'again' }));
    await replaceLimit(queries, { ...shown, resourceLimit: 0 });
    await replaceRegistered(queries, { ...registered, defaultLimit: 7 });
    assert.equal((await listLimitRows(queries, {}))[0]?.resourceLimit, 0);
    const numbers = (await listRegisteredRows(queries)).map((row) => row.defaultLimit);
    assert.deepEqual(numbers, [7, -1]);
  });

  test('limits end with their owner and with their service', async () => {
    await using opened = await under.open();
    const { queries } = opened.database;
    await insertProject(queries, domain('d'));
    await insertProject(queries, domain('e'));
    await insertRegistered(queries, registered);
    await insertLimit(queries, shown);
    await insertLimit(queries, { ...shown, id: 'm', ownerId: 'e' });
    await deleteProjectRow(queries, 'e');
    assert.deepEqual(await listLimitRows(queries, {}), [shown]);
    await assert.rejects(deleteRegisteredRow(queries, 'cores'));
    await deleteLimitRow(queries, 'l');
    await insertLimit(queries, shown);
    await deleteLimitsOfService(queries, 's');
    assert.deepEqual(await listLimitRows(queries, {}), []);
    assert.deepEqual(await listRegisteredRows(queries), []);
  });
});
