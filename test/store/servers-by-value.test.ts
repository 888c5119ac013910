import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CompiledQuery } from 'kysely';
import type { ServerFilter } from '#compute/servers/listing/server-filter.ts';
import { listServers } from '#compute/servers/listing/store.ts';
import { matchesOfStatus } from '#compute/servers/status.ts';
import { insertServer } from '#compute/servers/store.ts';
import type { Database, Queries } from '#db/database.ts';
import { type DatabaseUnderTest, eachDatabase } from '#test/databases.ts';
import { rowsOnPostgres, stepsOnSqlite, watchedBuilding } from '#test/plans.ts';
import { serverRow } from './server-row.ts';

type Row = ReturnType<typeof serverRow>;

/** Most are alike; some stand out, each in its own way. */
function rows(count: number): Row[] {
  return Array.from({ length: count }, (_, index) =>
    serverRow({
      id: `s${index}`,
      created_ms: index,
      project_id: index % 2 === 0 ? 'p' : 'q',
      user_id: index % 200 === 3 ? 'rare' : 'often',
      vm_state: index % 150 === 4 ? 'stopped' : index % 170 === 7 ? 'soft-delete' : 'active',
      task_state: index % 190 === 0 ? 'rebuilding' : null,
      power_state: index % 130 === 5 ? 4 : 1,
      locked: index % 3 === 0 ? 1 : 0,
      flavor_id: index % 180 === 9 ? 'rare' : 'often',
      updated_ms: index % 140 === 6 ? 5_000_000 + index : index,
      launched_ms: index % 2 === 0 ? index : null,
      deleted_ms: index % 160 === 8 ? index : null,
      host: index % 110 === 1 ? 'rare' : 'often',
    }),
  );
}

async function fill({ transaction }: Database, all: readonly Row[]): Promise<void> {
  await transaction(async (tx) => {
    for (const row of all) await insertServer(tx, row);
  });
}

const oneOf = <Value>(...values: Value[]) => fc.option(fc.constantFrom(...values), { nil: null });

/** A filter, and the same said about one row. */
const anyFilter: fc.Arbitrary<ServerFilter> = fc
  .record({
    projectId: oneOf('p', 'nobody'),
    lifetime: fc.constantFrom('live', 'live', 'deleted', 'any'),
    equals: fc.record(
      {
        user_id: fc.constantFrom('rare', 'often', 'nobody'),
        power_state: fc.constantFrom(1, 4, 7),
        locked: fc.constantFrom(0, 1),
        flavor_id: fc.constantFrom('rare', 'often'),
        host: fc.constantFrom('rare', 'often'),
        task_state: fc.constantFrom('rebuilding', 'spawning'),
      },
      { requiredKeys: [] },
    ),
    status: oneOf('ACTIVE', 'SHUTOFF', 'REBUILD', 'SOFT_DELETED', 'ERROR'),
    span: oneOf(
      { column: 'updated_ms', fromMs: 5_000_000 } as const,
      { column: 'updated_ms', fromMs: 100, toMs: 900 } as const,
      { column: 'launched_ms', fromMs: 10, toMs: 40 } as const,
      { column: 'created_ms', fromMs: 100, toMs: 110 } as const,
    ),
  })
  .map(({ status, span, ...filter }) => ({
    ...filter,
    ...(status !== null && { states: matchesOfStatus(status) }),
    ...(span !== null && { spans: [span] }),
  }));

function isMeant(filter: ServerFilter, row: Row): boolean {
  const isDeleted = row.deleted_ms !== null;
  if (filter.lifetime === 'live' && isDeleted) return false;
  if (filter.lifetime === 'deleted' && !isDeleted && row.vm_state !== 'soft-delete') return false;
  if (filter.projectId !== null && filter.projectId !== row.project_id) return false;
  for (const [column, value] of Object.entries(filter.equals ?? {})) {
    if (row[column as keyof Row] !== value) return false;
  }
  for (const { column, fromMs = 0, toMs = Number.POSITIVE_INFINITY } of filter.spans ?? []) {
    const at = row[column];
    if (at === null || at === undefined || at < fromMs || at > toMs) return false;
  }
  return (filter.states ?? [null]).some((state) => {
    if (state === null) return true;
    if (state.vmState !== row.vm_state) return false;
    return (
      (state.tasks as readonly (string | null)[]).includes(row.task_state ?? null) !== state.butNot
    );
  });
}

const order = [{ column: 'created_ms', descending: true }] as const;

async function listed(db: Queries, filter: ServerFilter, limit: number): Promise<string[]> {
  return (await listServers(db, filter, { order, limit })).map((server) => server.id);
}

eachDatabase('servers by what they are', (under: DatabaseUnderTest) => {
  test('a list holds exactly the servers that a look at each finds', async () => {
    await using opened = await under.open();
    const all = rows(1600);
    await fill(opened.database, all);
    const newestFirst = [...all].reverse();
    const property = fc.asyncProperty(
      anyFilter,
      fc.constantFrom(3, 2000),
      async (filter, limit) => {
        const wanted = newestFirst.filter((row) => isMeant(filter, row)).map((row) => row.id);
        assert.deepEqual(
          await listed(opened.database.queries, filter, limit),
          wanted.slice(0, limit),
        );
      },
    );
    await fc.assert(property, { numRuns: 300, seed: 5 });
  });

  test('where few of all projects are meant, few are looked at', async () => {
    await using opened = await under.open();
    await fill(opened.database, rows(5000));
    await opened.database.queries.executeQuery(CompiledQuery.raw('analyze'));
    const filters: Omit<ServerFilter, 'projectId'>[] = [
      { equals: { user_id: 'rare' } },
      { equals: { power_state: 4 } },
      { equals: { task_state: 'rebuilding' } },
      { equals: { flavor_id: 'rare', locked: 1 } },
      { states: matchesOfStatus('REBUILD') },
      { states: matchesOfStatus('SHUTOFF') },
      { spans: [{ column: 'updated_ms', fromMs: 5_000_000 }], lifetime: 'any' },
      { spans: [{ column: 'launched_ms', fromMs: 10, toMs: 40 }] },
      { lifetime: 'deleted' },
    ];
    for (const filter of filters) {
      const { db, seen } = watchedBuilding(opened.database.queries);
      const ids = await listed(db, { projectId: null, ...filter }, 1000);
      assert.ok(ids.length > 0 && ids.length < 90, `${JSON.stringify(filter)}: ${ids.length}`);
      assert.ok(seen.length > 0, 'no query was seen');
      for (const query of seen) {
        if (under.name === 'postgres') {
          // Some ids of a table that is no larger than this may cost it more than reading all.
          if (query.sql.includes('"id" in')) continue;
          const visited = await rowsOnPostgres(opened.database.queries, query);
          assert.ok(visited < 3 * 501, `${query.sql}: ${visited} rows`);
          continue;
        }
        const steps = (await stepsOnSqlite(opened.database.queries, query)).join('; ');
        const found = steps.replace('CO-ROUTINE servers; ', '');
        assert.ok(!/^SCAN servers|servers_by_creation/.test(found), `${query.sql}: ${steps}`);
      }
    }
  });
});
