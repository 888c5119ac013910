import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quotaOf, quotaOfClass } from '#compute/quotas/store.ts';
import { resetQuota, updateQuota, updateQuotaClass } from '#compute/quotas/update.ts';
import { quotaUsage } from '#compute/quotas/usage-store.ts';
import { requireQuota } from '#compute/servers/quota.ts';
import { insertServer } from '#compute/servers/store.ts';
import { systemActor } from '#policy/actor.ts';
import { allow } from '#policy/engine.ts';
import { eachDatabase } from '#test/databases.ts';
import { contextOf, quota } from './catalog-context.ts';
import { serverRow } from './server-row.ts';

/** As the policy engine gives it to verbs. */
function allowed(subject: { projectId: string; userId?: string }) {
  const given = allow(systemActor(null), subject, () => true);
  assert.ok(given);
  return given;
}

eachDatabase('quotas', (under) => {
  test("a user's come before a project's, those before the default class's", async () => {
    await using opened = await under.open();
    const context = contextOf(opened.database);
    const db = opened.database.queries;
    const cores = async (projectId: string, userId?: string) =>
      (await quotaOf(db, { projectId, userId }, quota)).cores;
    await updateQuotaClass(context, 'default', { cores: 5 });
    await updateQuotaClass(context, 'default', { cores: 6 });
    await updateQuotaClass(context, 'other', { cores: 99 });
    assert.deepEqual([await cores('p'), await cores('p', 'u')], [6, 6]);
    await updateQuota(context, allowed({ projectId: 'p' }), { cores: 4 }, false);
    await updateQuota(context, allowed({ projectId: 'p', userId: 'u' }), { cores: 2 }, false);
    await updateQuota(context, allowed({ projectId: 'p', userId: 'u' }), { cores: 3 }, false);
    assert.deepEqual([await cores('p'), await cores('p', 'u'), await cores('p', 'v')], [4, 3, 4]);
    assert.deepEqual([await cores('q', 'u'), await cores('q')], [6, 6]);
    assert.equal((await quotaOfClass(db, 'other', quota)).cores, 99);
    await resetQuota(context, allowed({ projectId: 'p', userId: 'u' }));
    assert.equal(await cores('p', 'u'), 4);
    await updateQuota(context, allowed({ projectId: 'p', userId: 'u' }), { cores: 1 }, false);
    await resetQuota(context, allowed({ projectId: 'p' }));
    assert.deepEqual([await cores('p'), await cores('p', 'u')], [6, 6]);
  });

  test('what is used is counted over live rows, by project and by user', async () => {
    await using opened = await under.open();
    const db = opened.database.queries;
    await insertServer(db, serverRow({ vcpus: 2, memory_mib: 64 }));
    await insertServer(db, serverRow({ vcpus: 3, memory_mib: 32, user_id: 'v' }));
    await insertServer(db, serverRow({ vcpus: 9, deleted_ms: 1 }));
    await insertServer(db, serverRow({ vcpus: 9, project_id: 'other' }));
    const used = async (userId?: string) => {
      const { instances, cores, ram } = await quotaUsage(db, { projectId: 'p', userId });
      return [instances, cores, ram];
    };
    assert.deepEqual(await used(), [2, 5, 96]);
    assert.deepEqual(await used('v'), [1, 3, 32]);
    assert.deepEqual(await used('nobody'), [0, 0, 0]);
  });

  test('a refusal names all that would be exceeded, of the project or of the user', async () => {
    await using opened = await under.open();
    const context = contextOf(opened.database);
    const db = opened.database.queries;
    await insertServer(db, serverRow({ vcpus: 2, memory_mib: 64 }));
    const asked = { instances: 1, cores: 2, memoryMib: 64 };
    const message =
      'Quota exceeded for cores, ram: Requested 2, 64, but already used 2, 64 of 3, 64 ' +
      'cores, ram';
    const tight = { ...quota, cores: 3, memoryMib: 64 };
    await assert.rejects(requireQuota(db, 'p', asked, tight), { message });
    await requireQuota(db, 'p', asked, quota, 'u');
    await updateQuota(context, allowed({ projectId: 'p', userId: 'u' }), { instances: 1 }, false);
    await assert.rejects(requireQuota(db, 'p', asked, quota, 'u'), {
      message: 'Quota exceeded for instances: Requested 1, but already used 1 of 1 instances',
    });
    await requireQuota(db, 'p', asked, quota, 'v');
  });
});
