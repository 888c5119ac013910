import assert from 'node:assert/strict';
import { test } from 'node:test';
import { insertAssignment, listAssignmentRows } from '#identity/assignments/store.ts';
import type { NameFilter } from '#identity/listing/names.ts';
import { nameMatches } from '#identity/listing/names.ts';
import type { Project } from '#identity/projects/project.ts';
import { insertProject, listProjectRows, type TagFilters } from '#identity/projects/store.ts';
import { insertRole } from '#identity/roles/store.ts';
import { eachDatabase } from '#test/databases.ts';

const wholePage = { limit: 1000, marker: undefined };

function domain(name: string, tags: string[]): Project {
  const content = { description: '', isEnabled: true, options: {}, extra: {} };
  return { ...content, id: name, name, tags, domainId: null, parentId: null, isDomain: true };
}

eachDatabase('filters of identity lists', (under) => {
  test('a part of a name is found as in memory, whatever stands in it', async () => {
    await using opened = await under.open();
    const { queries } = opened.database;
    const names = ['Alpha%', 'alpha_beta', 'béta', 'x𝕏y', "o'neil", ''];
    for (const name of names) await insertProject(queries, domain(name, []));
    const texts = ['alpha', 'ALPHA', '%', '_', 'éta', '𝕏y', 'x𝕏', "'", 'zzz', 'alpha_beta long'];
    for (const text of texts) {
      for (const at of ['anywhere', 'start', 'end'] as const) {
        for (const ignoresCase of [false, true]) {
          const filter: NameFilter = { at, ignoresCase, text };
          const filters = { isDomain: true, nameFilters: [filter] };
          const { items } = await listProjectRows(queries, filters, wholePage);
          const expected = names.filter((name) => nameMatches(name, filter));
          const found = items.map((item) => item.name);
          assert.deepEqual(found.sort(), expected.sort(), JSON.stringify(filter));
        }
      }
    }
  });

  test('a tag is found whole and in its case', async () => {
    await using opened = await under.open();
    const { queries } = opened.database;
    await insertProject(queries, domain('one', ['a', 'b c']));
    await insertProject(queries, domain('two', ['A', 'x"a', 'a[']));
    const found = async (tags: TagFilters) => {
      const { items } = await listProjectRows(queries, { isDomain: true, tags }, wholePage);
      return items.map((item) => item.name);
    };
    assert.deepEqual(await found({ all: ['a'] }), ['one']);
    assert.deepEqual(await found({ all: ['a', 'b c'] }), ['one']);
    assert.deepEqual(await found({ any: ['x"a', 'b'] }), ['two']);
    assert.deepEqual(await found({ notAll: ['a', 'b c'] }), ['two']);
    assert.deepEqual(await found({ none: ['a', 'A'] }), []);
  });

  test('roles on the system stand apart from those on projects', async () => {
    await using opened = await under.open();
    const { queries } = opened.database;
    await insertProject(queries, domain('d', []));
    const plain = { options: {}, extra: {}, systemPolicy: null, customPolicy: null };
    const role = { id: 'r', domainId: null, name: 'r', description: null, ...plain };
    await insertRole(queries, role);
    const given = { actorKind: 'user' as const, actorId: 'u', roleId: 'r', isInherited: false };
    for (const targetId of ['d', 'system', 'system']) {
      await insertAssignment(queries, { ...given, targetId });
    }
    const targets = async (filters: Parameters<typeof listAssignmentRows>[1]) =>
      (await listAssignmentRows(queries, filters)).map(({ targetId }) => targetId);
    assert.deepEqual(await targets({ actorIds: ['u'] }), ['d', 'system']);
    assert.deepEqual(await targets({ targetIds: ['d'] }), ['d']);
    assert.deepEqual(await targets({ targetIds: ['system'], roleId: 'r' }), ['system']);
    assert.deepEqual(await targets({ isInherited: true }), []);
  });
});
