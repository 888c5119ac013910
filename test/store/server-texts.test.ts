import assert from 'node:assert/strict';
import { test } from 'node:test';
import { insertTags } from '#compute/server-tags/store.ts';
import type { PatternColumn, ServerFilter } from '#compute/servers/listing/server-filter.ts';
import { listServers } from '#compute/servers/listing/store.ts';
import { compilePattern, type TextPattern } from '#compute/servers/listing/text-pattern.ts';
import { insertServer, updateServer } from '#compute/servers/store.ts';
import type { Database, Queries } from '#db/database.ts';
import { eachDatabase } from '#test/databases.ts';
import { serverRow } from './server-row.ts';

/** More than are looked up one by one, all with names that have a part in common. */
const manyServers = 520;

const names = [
  'web-01.rare',
  'Web-01.RARE',
  'we',
  'a"b"c AND (d*)',
  '100%_sure\\',
  'größe-åäö',
  '机器-一二三',
  '🐟🐠🐡🦈',
  '{name} : web',
];

const expressions = [
  ...['rare', 'RARE', 'web', '^web', 'we', 'web-[0-9]+', '^(web|Web)-.*', '(?i)web-01\\.rare'],
  ...['a"b"c', '\\(d\\*\\)', 'AND', '%_s', '\\\\$', 'größ', '器-一', '🐠🐡', '\\{name\\}', '^..$'],
  ...['many-', 'many-[0-9]{3}$', 'many-51[0-9]', '(01|17)', '(many-017|rare)', 'nobody', 'x|'],
  `${'many-'.repeat(40)}`,
  Array.from({ length: 40 }, (_, index) => `many-${index}`)
    .join('|')
    .slice(0, 250),
];

function patternOf(expression: string): TextPattern {
  const pattern = compilePattern(expression);
  assert.ok(pattern, expression);
  return pattern;
}

async function fill({ transaction }: Database): Promise<string[]> {
  const all = [...names];
  for (let index = 0; index < manyServers; index += 1) {
    all.push(`many-${String(index).padStart(3, '0')}`);
  }
  await transaction(async (tx) => {
    for (const [index, name] of all.entries()) {
      await insertServer(tx, serverRow({ id: `s${index}`, name, created_ms: index }));
    }
  });
  return all;
}

async function named(db: Queries, filter: Omit<ServerFilter, 'projectId'>): Promise<string[]> {
  const order = [{ column: 'created_ms', descending: false }] as const;
  const found = await listServers(db, { projectId: 'p', ...filter }, { order, limit: 1000 });
  return found.map((server) => server.name);
}

const by = (expression: string, column: PatternColumn = 'name') => ({
  patterns: [{ column, pattern: patternOf(expression) }],
});

eachDatabase('texts of servers', (under) => {
  test('a pattern finds exactly what it matches, whether few have it or many', async () => {
    await using opened = await under.open();
    const all = await fill(opened.database);
    for (const expression of expressions) {
      const pattern = patternOf(expression);
      const wanted = all.filter((name) => pattern.matches(name));
      assert.deepEqual(await named(opened.database.queries, by(expression)), wanted, expression);
    }
  });

  test('what a server was called before, or elsewhere, is not what it is called', async () => {
    await using opened = await under.open();
    const db = opened.database.queries;
    await insertServer(db, serverRow({ id: 'a', name: 'before', hostname: 'elsewhere' }));
    await insertServer(db, serverRow({ id: 'b', name: 'unnamed', key_name: null }));
    await updateServer(db, 'a', { name: 'after' }, 2);
    assert.deepEqual(await named(db, by('before')), []);
    assert.deepEqual(await named(db, by('after')), ['after']);
    assert.deepEqual(await named(db, by('elsewhere')), []);
    assert.deepEqual(await named(db, by('elsewhere', 'hostname')), ['after']);
    await updateServer(db, 'b', { key_name: 'opens-it' }, 2);
    assert.deepEqual(await named(db, by('opens', 'key_name')), ['unnamed']);
    await updateServer(db, 'a', { deleted_ms: 3 }, 3);
    assert.deepEqual(await named(db, by('after')), []);
    assert.deepEqual(await named(db, { ...by('after'), lifetime: 'deleted' }), ['after']);
    await db.deleteFrom('servers').where('id', '=', 'a').execute();
    assert.deepEqual(await named(db, { ...by('after'), lifetime: 'any' }), []);
  });

  test('few that a text, a tag or an address leaves are still held to all conditions', async () => {
    await using opened = await under.open();
    const db = opened.database.queries;
    await insertServer(db, serverRow({ id: 'a', name: 'web-1', created_ms: 1 }));
    await insertServer(
      db,
      serverRow({ id: 'b', name: 'web-2', created_ms: 2, vm_state: 'stopped' }),
    );
    await insertServer(
      db,
      serverRow({ id: 'c', name: 'web-3', created_ms: 3, project_id: 'other' }),
    );
    for (const id of ['a', 'b', 'c']) await insertTags(db, id, ['blue', `only-${id}`]);
    assert.deepEqual(await named(db, by('web')), ['web-1', 'web-2']);
    assert.deepEqual(await named(db, { ...by('web'), equals: { vm_state: 'stopped' } }), ['web-2']);
    assert.deepEqual(await named(db, { tags: { all: ['blue', 'only-b'] } }), ['web-2']);
    assert.deepEqual(await named(db, { tags: { any: ['only-a', 'only-c'] } }), ['web-1']);
    assert.deepEqual(await named(db, { tags: { all: ['blue'], notAny: ['only-a'] } }), ['web-2']);
    const among = new Set(['b', 'c']);
    assert.deepEqual(await named(db, { among }), ['web-2']);
    assert.deepEqual(await named(db, { ...by('web-1'), among }), []);
    assert.deepEqual(await named(db, { tags: { all: ['only-a'] }, among }), []);
  });
});
