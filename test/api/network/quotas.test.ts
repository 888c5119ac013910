import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestCloud } from '#test/cloud.ts';

const root = '/network/v2.0';

test('an administrator changes what a project may have, and it is held at once', async () => {
  await using cloud = await startTestCloud();
  const { demo, admin } = cloud;
  const path = `${root}/quotas/${demo.projectId}`;
  const changed = await admin.put(path, { quota: { security_group: 2, floatingip: '-1' } });
  assert.equal(changed.status, 200);
  const { quota } = changed.body;
  assert.deepEqual([quota.security_group, quota.floatingip, quota.network], [2, -1, 100]);
  assert.deepEqual((await demo.get(path)).body, { quota });
  assert.equal((await demo.get(`${path}/default`)).body.quota.security_group, 100);
  const details = (await demo.get(`${path}/details`)).body.quota;
  assert.deepEqual(details.security_group, { limit: 2, used: 1, reserved: 0 });
  const group = (name: string) =>
    demo.post(`${root}/security-groups`, { security_group: { name } });
  assert.equal((await group('two')).status, 201);
  const refused = await group('three');
  assert.equal(refused.status, 409);
  assert.equal(refused.body.NeutronError.type, 'OverQuota');
  const listed = await admin.get(`${root}/quotas`);
  const id = demo.projectId;
  assert.deepEqual(listed.body.quotas, [{ ...quota, project_id: id, tenant_id: id }]);
  assert.equal((await admin.delete(path)).status, 204);
  assert.equal((await group('three')).status, 201);
  assert.deepEqual((await admin.get(`${root}/quotas`)).body.quotas, []);
});

test('a change of quotas that makes no sense, or by anyone else, is refused', async () => {
  await using cloud = await startTestCloud();
  const { demo, admin } = cloud;
  const path = `${root}/quotas/${demo.projectId}`;
  for (const quota of [{ network: -2 }, { network: 'many' }, { network: 1.5 }, { camels: 1 }, 7]) {
    assert.equal((await admin.put(path, { quota })).status, 400, JSON.stringify(quota));
  }
  assert.equal((await admin.put(`${root}/quotas/${'x'.repeat(256)}`, { quota: {} })).status, 400);
  const own = { quota: { network: 1000 } };
  for (const { status } of [
    await demo.put(path, own),
    await demo.delete(path),
    await demo.get(`${root}/quotas`),
  ]) {
    assert.equal(status, 403);
  }
  assert.equal((await demo.get(path)).body.quota.network, 100);
});

test('/v2 counts floating IPs and security groups in its limits, as in the reference', async () => {
  await using cloud = await startTestCloud();
  const { demo, admin } = cloud;
  const quota = { floatingip: 7, security_group: 8, security_group_rule: 9 };
  await admin.put(`${root}/quotas/${demo.projectId}`, { quota });
  assert.equal((await demo.post('/v2.1/os-floating-ips', { pool: 'public' })).status, 200);
  const limitsIn = async (version: string) => {
    const { absolute } = (await demo.get(`/${version}/limits`)).body.limits;
    const { maxTotalFloatingIps, maxSecurityGroups, maxSecurityGroupRules } = absolute;
    const used = [absolute.totalFloatingIpsUsed, absolute.totalSecurityGroupsUsed];
    return [maxTotalFloatingIps, maxSecurityGroups, maxSecurityGroupRules, ...used];
  };
  assert.deepEqual(await limitsIn(`v2/${demo.projectId}`), [7, 8, 9, 1, 1]);
  assert.deepEqual(await limitsIn('v2.1'), [-1, -1, -1, 0, 0], 'as Nova, which does not ask');
});
