import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isValid, roleId } from './delegations.ts';
import { startIdentity } from './identity-cloud.ts';
import { actorOf, askByTrust, askForTrust, stranger, trustOf } from './trusting.ts';

test('a trust is made, listed at both ends, shown with its roles and deleted', async () => {
  await using cloud = await startIdentity();
  const tess = await stranger(cloud, 'tess');
  const expires_at = '2100-01-01T00:00:00.000000Z';
  const made = await askForTrust(cloud, cloud.demo, tess, { expires_at, remaining_uses: 2 });
  const { id, roles, roles_links: _, links: __, ...rest } = made.body.trust;
  assert.deepEqual(rest, {
    trustor_user_id: cloud.demo.userId,
    trustee_user_id: tess.userId,
    project_id: cloud.demoProjectId,
    impersonation: false,
    expires_at,
    deleted_at: null,
    remaining_uses: 2,
    redelegation_count: 0,
    redelegated_trust_id: null,
  });
  const path = `/v3/OS-TRUST/trusts/${id}`;
  for (const client of [cloud.demo, tess, cloud.admin]) {
    assert.equal((await client.get(path)).body.trust.id, id);
    assert.deepEqual((await client.get(`${path}/roles`)).body.roles, roles);
  }
  assert.equal((await tess.get(`${path}/roles/${roles[0].id}`)).body.role.name, 'member');
  assert.equal((await tess.get(`${path}/roles/none`)).status, 404);
  const list = '/v3/OS-TRUST/trusts';
  const ends = [`trustor_user_id=${cloud.demo.userId}`, `trustee_user_id=${tess.userId}`];
  for (const query of ends) {
    const { trusts } = (await cloud.admin.get(`${list}?${query}`)).body;
    assert.deepEqual(
      trusts.map((trust: { id: string }) => trust.id),
      [id],
    );
  }
  assert.equal((await tess.get(`${list}?${ends[1]}`)).body.trusts.length, 1);
  assert.equal((await tess.get(`${list}?${ends[0]}`)).status, 403);
  assert.equal((await tess.get(list)).status, 403);
  const other = await stranger(cloud, 'otto');
  assert.equal((await other.get(path)).status, 404);
  assert.equal((await other.delete(path)).status, 404);
  assert.equal((await tess.delete(path)).status, 403);
  assert.equal((await cloud.demo.delete(path)).status, 204);
  assert.equal((await cloud.demo.get(path)).status, 404);
});

test('its tokens speak as the trustee, or as the trustor where it impersonates', async () => {
  await using cloud = await startIdentity();
  const tess = await stranger(cloud, 'tess');
  for (const impersonation of [false, true]) {
    const id = await trustOf(cloud, cloud.demo, tess, { impersonation });
    const { body, status } = await askByTrust(cloud, tess, id);
    assert.equal(status, 201);
    assert.equal(body.token.user.id, impersonation ? cloud.demo.userId : tess.userId);
    assert.equal(body.token.project.id, cloud.demoProjectId);
    assert.deepEqual(body.token['OS-TRUST:trust'], {
      id,
      impersonation,
      trustor_user: { id: cloud.demo.userId },
      trustee_user: { id: tess.userId },
    });
    const acting = await actorOf(cloud, tess, id);
    assert.equal(await isValid(acting), true);
  }
});

test('only its trustee gets tokens for it, as often as it says and until its end', async () => {
  await using cloud = await startIdentity();
  const tess = await stranger(cloud, 'tess');
  const once = await trustOf(cloud, cloud.demo, tess, { remaining_uses: 1 });
  assert.equal((await askByTrust(cloud, cloud.demo, once)).status, 401);
  assert.equal((await askByTrust(cloud, tess, 'none')).status, 401);
  const acting = await actorOf(cloud, tess, once);
  assert.equal((await askByTrust(cloud, tess, once)).status, 401);
  assert.equal((await tess.get(`/v3/OS-TRUST/trusts/${once}`)).status, 404);
  assert.equal(await isValid(acting), true);
  const expires_at = new Date(cloud.clock.nowMs() + 60_000).toISOString();
  const short = await trustOf(cloud, cloud.demo, tess, { expires_at });
  const briefly = await actorOf(cloud, tess, short);
  await cloud.clock.advance(60_000);
  assert.equal(await isValid(briefly), false);
  assert.equal((await askByTrust(cloud, tess, short)).status, 401);
});

test('what can not be given is refused', async () => {
  await using cloud = await startIdentity();
  const tess = await stranger(cloud, 'tess');
  const status = async (members: object) =>
    (await askForTrust(cloud, cloud.demo, tess, members)).status;
  assert.equal(await status({ roles: [{ name: 'admin' }] }), 404);
  assert.equal(await status({ roles: [] }), 403);
  assert.equal(await status({ project_id: cloud.adminProjectId }), 404);
  assert.equal(await status({ project_id: 'none' }), 404);
  assert.equal(await status({ trustee_user_id: 'none' }), 404);
  assert.equal(await status({ trustor_user_id: tess.userId }), 403);
  assert.equal(await status({ remaining_uses: 0 }), 400);
  assert.equal(await status({ expires_at: '2001-01-01T00:00:00Z' }), 400);
  assert.equal(await status({ allow_redelegation: true, remaining_uses: 3 }), 400);
  assert.equal(await status({ allow_redelegation: true, redelegation_count: 4 }), 403);
  assert.equal(await status({ roles: [{ id: await roleId(cloud, 'reader') }] }), 201);
});

test('a trust is passed on as far as it says, and ends with the one before', async () => {
  await using cloud = await startIdentity();
  const [tess, otto] = [await stranger(cloud, 'tess'), await stranger(cloud, 'otto')];
  const pass = { allow_redelegation: true, impersonation: true };
  const closed = await trustOf(cloud, cloud.demo, tess, { impersonation: true });
  const stuck = await actorOf(cloud, tess, closed);
  assert.equal((await askForTrust(cloud, stuck, otto, { impersonation: true })).status, 403);
  const first = await trustOf(cloud, cloud.demo, tess, { ...pass, redelegation_count: 1 });
  const acting = await actorOf(cloud, tess, first);
  const more = { ...pass, roles: [{ name: 'admin' }] };
  assert.equal((await askForTrust(cloud, acting, otto, more)).status, 404);
  const second = await trustOf(cloud, acting, otto, { impersonation: true });
  const { trust } = (await otto.get(`/v3/OS-TRUST/trusts/${second}`)).body;
  assert.deepEqual([trust.redelegated_trust_id, trust.redelegation_count], [first, 0]);
  const far = await actorOf(cloud, otto, second);
  assert.equal(await isValid(far), true);
  assert.equal((await askForTrust(cloud, far, tess, pass)).status, 403);
  await cloud.demo.delete(`/v3/OS-TRUST/trusts/${first}`);
  assert.equal(await isValid(far), false);
  assert.equal((await otto.get(`/v3/OS-TRUST/trusts/${second}`)).status, 404);
});
