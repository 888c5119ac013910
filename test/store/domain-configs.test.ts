import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  deleteOptions,
  listOptions,
  listSecretNames,
  putOption,
  putSecret,
} from '#identity/domain-config/store.ts';
import { deleteProjectRow, insertProject } from '#identity/projects/store.ts';
import {
  deleteRevocationsBefore,
  insertRevocation,
  listRevocationRows,
} from '#identity/revocations/store.ts';
import { eachDatabase } from '#test/databases.ts';
import { testSeals } from '#test/seals.ts';

eachDatabase('configurations of domains', (under) => {
  test('options and secrets are put, narrowed down, and end with their domain', async () => {
    await using opened = await under.open();
    const { queries } = opened.database;
    const seals = testSeals();
    const content = { description: '', isEnabled: true, tags: [], options: {}, extra: {} };
    const place = { domainId: null, parentId: null, isDomain: true };
    await insertProject(queries, { ...content, ...place, id: 'd', name: 'd' });
    const url = { group: 'ldap', option: 'url', value: 'ldap://x' };
    const limit = { group: 'identity', option: 'list_limit', value: 5 };
    await putOption(queries, 'd', { ...url, value: null });
    await putOption(queries, 'd', url);
    await putOption(queries, 'd', limit);
    await putSecret(queries, seals, 'd', { group: 'ldap', option: 'password', value: 'one' });
    await putSecret(queries, seals, 'd', { group: 'ldap', option: 'password', value: 'two' });
    assert.deepEqual(await listOptions(queries, 'd'), [limit, url]);
    const secrets = await listSecretNames(queries, 'd');
    assert.deepEqual(secrets, [{ group: 'ldap', option: 'password' }]);
    await deleteOptions(queries, 'd', 'ldap', 'url');
    assert.deepEqual(await listOptions(queries, 'd'), [limit]);
    await deleteOptions(queries, 'd', 'ldap');
    assert.deepEqual(await listSecretNames(queries, 'd'), []);
    await deleteProjectRow(queries, 'd');
    assert.deepEqual(await listOptions(queries, 'd'), []);
  });

  test('revocations are listed by time and forgotten by time', async () => {
    await using opened = await under.open();
    const { queries } = opened.database;
    const late = { id: 'a', revokedMs: 1_900_000_000_000, about: { userId: 'u' } };
    const early = { id: 'b', revokedMs: 1_800_000_000_000, about: { auditId: 'x' } };
    await insertRevocation(queries, late);
    await insertRevocation(queries, early);
    assert.deepEqual(await listRevocationRows(queries, 0), [early, late]);
    assert.deepEqual(await listRevocationRows(queries, early.revokedMs + 1), [late]);
    assert.equal(await deleteRevocationsBefore(queries, late.revokedMs), 1);
    assert.deepEqual(await listRevocationRows(queries, 0), [late]);
  });
});
