import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sourceOf } from '#endpoints/documents/policy-sources.ts';
import { cloudServerCalls, volumeActions } from '#policy/declared-actions.ts';
import { honoursEnterpriseProjects } from '#policy/scopes.ts';
import { declaredSurfaces } from '../../src/cloud/surfaces.ts';
import { type TableRow, tableRows } from './seed-tables.ts';

const surfaces = declaredSurfaces();

/** What the declarations require for a row of the tables, once per version and declaration. */
function declared(row: TableRow): (readonly string[])[] {
  const isServed = /^\/(servers|os-)/.test(row.path);
  if (!isServed) {
    const calls = [...volumeActions, ...cloudServerCalls].filter(
      ({ path, action }) =>
        path === `/${row.versions[0]}/{project_id}${row.path}` && action === row.action,
    );
    return calls.map(({ requires }) => requires);
  }
  // The tables' calls of v2 are those of v2.1 too, as S2 says of its own.
  return ['compute-v2', 'compute-v2.1'].flatMap((name) => {
    const surface = surfaces.find((one) => one.name === name);
    const found = (surface?.endpoints ?? []).filter(
      ({ method, path, action }) =>
        method === row.method && path === row.path && action === row.action,
    );
    assert.ok(found.length > 0, `${name} serves ${row.method} ${row.path} ${row.action ?? ''}`);
    return found.map(({ requires }) => requires);
  });
}

test('the tables have 30 rows, the first of them for two calls', () => {
  assert.equal(tableRows.length, 31);
});

for (const row of tableRows) {
  const { table, method, path, action = '' } = row;
  test(`${table} ${method} ${path} ${action} requires what the table lists, in its order`, () => {
    const found = declared(row);
    assert.ok(found.length > 0);
    for (const requires of found) assert.deepEqual(requires, row.requires);
  });
}

test('no call is said to be of a table that does not list it', () => {
  for (const surface of surfaces) {
    for (const endpoint of surface.endpoints) {
      const source = sourceOf(surface.name, endpoint);
      const tables = tableRows
        .filter(({ method, path, action }) => {
          const isCall = path === endpoint.path && method === endpoint.method;
          return surface.name.startsWith('compute-v2') && isCall && action === endpoint.action;
        })
        .map(({ table }) => table);
      const said = [...source.matchAll(/S\d/g)].map(([name]) => name);
      for (const name of said) assert.ok(tables.includes(name as 'S1'), endpoint.path);
      if (tables.length > 0) assert.ok(said.length > 0, `${endpoint.method} ${endpoint.path}`);
    }
  }
});

test('grants on enterprise projects count for the native ECS calls and no others', () => {
  for (const { path, requires } of tableRows) {
    const isNative = path.startsWith('/cloudservers');
    for (const action of requires) assert.equal(honoursEnterpriseProjects(action), isNative);
  }
});
