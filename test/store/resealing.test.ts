import assert from 'node:assert/strict';
import { it } from 'node:test';
import { randomIds } from '#base/ids.ts';
import { makeKey } from '#base/sealing/key-file.ts';
import { openSeals } from '#base/sealing/seals.ts';
import { resealAll } from '#db/reseal.ts';
import { rowContext, sealedColumns } from '#db/sealed-columns.ts';
import { insertOperation } from '#operations/store.ts';
import { eachDatabase } from '#test/databases.ts';

const operation = {
  id: 'operation-1',
  kind: 'create-server',
  subject: 'server-1',
  project_id: 'p',
  request_id: 'r',
  state: 'running' as const,
  step: 0,
  data: '{}',
  error: null,
  created_ms: 1,
  updated_ms: 1,
  deadline_ms: 2,
};

eachDatabase('sealing everything anew', (under) => {
  it('leaves nothing that a former key must open', async () => {
    await using opened = await under.open();
    const { database } = opened;
    const [old, young] = [makeKey(randomIds), makeKey(randomIds)];
    const former = openSeals([old], randomIds);
    const ofHost = rowContext('host_credentials', 'host-1');
    const ofServer = rowContext('operations', 'server-1');
    const sealed = former.seal('host secret', ofHost);
    const input = { plans: [1], sealedAdminPass: former.seal('password', ofServer) };
    await database.transaction(async (tx) => {
      await tx.insertInto('host_credentials').values({ host: 'host-1', sealed }).execute();
      await insertOperation(tx, { ...operation, input: JSON.stringify(input) });
      await insertOperation(tx, { ...operation, id: 'operation-2', input: '{"a":1}' });
    });
    const both = openSeals([old, young], randomIds);
    assert.equal(await database.transaction((tx) => resealAll(tx, both)), 2);
    const now = openSeals([young], randomIds);
    const host = await database.queries.selectFrom('host_credentials').selectAll().execute();
    assert.equal(now.open(host[0]?.sealed ?? '', ofHost), 'host secret');
    const rows = await database.queries
      .selectFrom('operations')
      .selectAll()
      .orderBy('id')
      .execute();
    const [first, second] = rows.map((row) => JSON.parse(row.input));
    assert.equal(now.open(first.sealedAdminPass, ofServer), 'password');
    assert.deepEqual(first.plans, [1]);
    assert.deepEqual(second, { a: 1 });
  });

  it('knows every column that is named for being sealed', async () => {
    await using opened = await under.open();
    const tables = await opened.database.queries.introspection.getTables();
    const named = tables.flatMap(({ name, columns }) =>
      columns.filter((column) => /sealed/.test(column.name)).map((row) => `${name}.${row.name}`),
    );
    const known = new Set(sealedColumns.map(({ table, column }) => `${table}.${column}`));
    assert.ok(named.length > 0);
    assert.deepEqual(
      named.filter((name) => !known.has(name)),
      [],
    );
  });
});
