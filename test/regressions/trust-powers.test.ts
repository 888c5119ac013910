import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  askForCredential,
  credentialOf,
  isValid,
  robotOf,
  roleId,
  rolePath,
} from '../api/identity/delegations.ts';
import { type IdentityCloud, startIdentity } from '../api/identity/identity-cloud.ts';
import { actorOf, askByTrust, askForTrust, stranger, trustOf } from '../api/identity/trusting.ts';

async function givesNothing(cloud: IdentityCloud, end: (path: string) => Promise<unknown>) {
  const rita = await cloud.userWith('member', 'rita');
  const tess = await stranger(cloud, 'tess');
  const id = await trustOf(cloud, rita, tess);
  const acting = await actorOf(cloud, tess, id);
  assert.equal(await isValid(acting), true);
  await end(`/v3/users/${rita.userId}`);
  assert.equal(await isValid(acting), false);
  assert.equal((await askByTrust(cloud, tess, id)).status, 401);
}

test('a trust gives nothing once its trustor was disabled', async () => {
  await using cloud = await startIdentity();
  const user = { enabled: false };
  await givesNothing(cloud, (path) => cloud.admin.patch(path, { user }));
});

test('a trust gives nothing once its trustor is gone', async () => {
  await using cloud = await startIdentity();
  await givesNothing(cloud, (path) => cloud.admin.delete(path));
});

test('a trust gives nothing while its trustor does not have the role', async () => {
  await using cloud = await startIdentity();
  const rita = await cloud.userWith('member', 'rita');
  const tess = await stranger(cloud, 'tess');
  const id = await trustOf(cloud, rita, tess);
  const acting = await actorOf(cloud, tess, id);
  await cloud.admin.delete(rolePath(cloud, rita, await roleId(cloud, 'member')));
  assert.equal(await isValid(acting), false);
  assert.equal((await askByTrust(cloud, tess, id)).status, 401);
});

test('tokens of a trust end with the password, and with the use, of its trustee', async () => {
  await using cloud = await startIdentity();
  for (const [name, user] of [
    ['tess', { password: 'another one' }],
    ['otto', { enabled: false }],
  ] as const) {
    const trustee = await stranger(cloud, name);
    const id = await trustOf(cloud, cloud.demo, trustee, { impersonation: true });
    const acting = await actorOf(cloud, trustee, id);
    assert.equal(await isValid(acting), true);
    await cloud.admin.patch(`/v3/users/${trustee.userId}`, { user });
    assert.equal(await isValid(acting), false, name);
  }
});

test('tokens of a trust make no tokens, credentials or keys for the trustor', async () => {
  await using cloud = await startIdentity();
  const tess = await stranger(cloud, 'tess');
  const id = await trustOf(cloud, cloud.demo, tess, { impersonation: true });
  const acting = await actorOf(cloud, tess, id);
  const identity = { methods: ['token'], token: { id: acting.token } };
  for (const scope of [{ project: { id: cloud.demoProjectId } }, 'unscoped']) {
    const answer = await cloud.nobody.post('/v3/auth/tokens', { auth: { identity, scope } });
    assert.equal(answer.status, 403);
  }
  assert.equal((await askByTrust(cloud, acting, id)).status, 403);
  assert.equal((await askForCredential(acting, { name: 'kept' })).status, 403);
  const key = { credential: { user_id: acting.userId } };
  assert.equal((await acting.post('/v3.0/OS-CREDENTIAL/credentials', key)).status, 403);
  assert.equal((await acting.delete(`/v3/OS-TRUST/trusts/${id}`)).status, 403);
});

test('a restricted credential makes no trusts, an unrestricted one of what it has', async () => {
  await using cloud = await startIdentity();
  const tess = await stranger(cloud, 'tess');
  const restricted = await robotOf(cloud, await credentialOf(cloud.demo));
  assert.equal((await askForTrust(cloud, restricted, tess)).status, 403);
  const roles = [{ name: 'reader' }];
  const members = { name: 'free', unrestricted: true, roles };
  const free = await robotOf(cloud, await credentialOf(cloud.demo, members));
  assert.equal((await askForTrust(cloud, free, tess)).status, 404);
  assert.equal((await askForTrust(cloud, free, tess, { roles })).status, 201);
  const rule = { service: 'identity', method: 'POST', path: '/v3/OS-TRUST/trusts' };
  const ruled = { name: 'ruled', unrestricted: true, access_rules: [rule] };
  const held = await robotOf(cloud, await credentialOf(cloud.demo, ruled));
  assert.equal((await askForTrust(cloud, held, tess, { roles })).status, 403);
});
