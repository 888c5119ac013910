import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  askForCredential,
  credentialLogin,
  credentialOf,
  isValid,
  robotOf,
  roleId,
  rolePath,
} from '../api/identity/delegations.ts';
import {
  type IdentityCloud,
  loginBody,
  made,
  startIdentity,
} from '../api/identity/identity-cloud.ts';

const createRule = {
  service: 'identity',
  method: 'POST',
  path: '/v3/users/{user_id}/application_credentials',
};

async function opensNothing(cloud: IdentityCloud, proof: { id: string; secret: string }) {
  const answer = await cloud.nobody.post('/v3/auth/tokens', credentialLogin(proof));
  assert.equal(answer.status, 401);
}

test('an application credential does not mint more than its maker has', async () => {
  await using cloud = await startIdentity();
  const reader = await robotOf(
    cloud,
    await credentialOf(cloud.demo, { roles: [{ name: 'reader' }], unrestricted: true }),
  );
  const more = await askForCredential(reader, { name: 'b', roles: [{ name: 'member' }] });
  assert.equal(more.status, 400);
  const same = await askForCredential(reader, { name: 'c' });
  assert.deepEqual(
    same.body.application_credential.roles.map((role: { name: string }) => role.name),
    ['reader'],
  );
});

test('a restricted application credential makes and deletes no credentials', async () => {
  await using cloud = await startIdentity();
  const proof = await credentialOf(cloud.demo);
  const robot = await robotOf(cloud, proof);
  assert.equal((await askForCredential(robot, { name: 'child' })).status, 403);
  const path = `/v3/users/${robot.userId}/application_credentials/${proof.id}`;
  assert.equal((await robot.delete(path)).status, 403);
  assert.equal((await robot.get(path)).status, 200);
});

test('a credential with access rules makes none without, and none with others', async () => {
  await using cloud = await startIdentity();
  const proof = await credentialOf(cloud.demo, {
    unrestricted: true,
    access_rules: [createRule],
  });
  const robot = await robotOf(cloud, proof);
  const other = { service: 'identity', method: 'GET', path: '**' };
  assert.equal((await askForCredential(robot, { name: 'b' })).status, 400);
  assert.equal((await askForCredential(robot, { name: 'b', access_rules: [other] })).status, 400);
  const same = await askForCredential(robot, { name: 'b', access_rules: [createRule] });
  assert.equal(same.status, 201);
});

test('no application credential makes an access key with all that its user has', async () => {
  await using cloud = await startIdentity();
  const robot = await robotOf(cloud, await credentialOf(cloud.demo, { unrestricted: true }));
  const body = { credential: { user_id: robot.userId } };
  assert.equal((await robot.post('/v3.0/OS-CREDENTIAL/credentials', body)).status, 403);
  assert.equal((await cloud.demo.post('/v3.0/OS-CREDENTIAL/credentials', body)).status, 201);
});

test('no application credential makes EC2 keys, even where its rules name the call', async () => {
  await using cloud = await startIdentity();
  const { demo, demoProjectId: project } = cloud;
  const path = `/v3/users/${demo.userId}/credentials/OS-EC2`;
  const blob = JSON.stringify({ access: 'a', secret: 's' });
  const credential = { type: 'ec2', blob, project_id: project, user_id: demo.userId };
  const rule = { service: 'identity', method: 'POST', path: '/v3/**' };
  for (const members of [{}, { access_rules: [rule] }, { unrestricted: true }]) {
    const name = JSON.stringify(members);
    const robot = await robotOf(cloud, await credentialOf(demo, { name, ...members }));
    assert.equal((await robot.post(path, { tenant_id: project })).status, 403, name);
    assert.equal((await robot.post('/v3/credentials', { credential })).status, 403, name);
  }
  assert.equal((await demo.get(path)).body.credentials.length, 0);
  assert.equal((await demo.post(path, { tenant_id: project })).status, 201);
});

test('a token of an application credential is changed for no other', async () => {
  await using cloud = await startIdentity();
  const proof = await credentialOf(cloud.demo, { unrestricted: true, roles: [{ name: 'reader' }] });
  const robot = await robotOf(cloud, proof);
  const identity = { methods: ['token'], token: { id: robot.token } };
  for (const scope of [undefined, { project: { id: cloud.demoProjectId } }, 'unscoped']) {
    const body = { auth: { identity, ...(scope && { scope }) } };
    assert.equal((await cloud.nobody.post('/v3/auth/tokens', body)).status, 403);
  }
});

test('a credential ends with a role of it, and does not come back with the role', async () => {
  await using cloud = await startIdentity();
  const rita = await cloud.userWith('member', 'rita');
  const kept = await roleId(cloud, 'reader');
  await cloud.admin.put(rolePath(cloud, rita, kept));
  const proof = await credentialOf(rita);
  const other = await credentialOf(rita, { name: 'reads', roles: [{ name: 'reader' }] });
  const robot = await robotOf(cloud, proof);
  const reads = await robotOf(cloud, other);
  const member = await roleId(cloud, 'member');
  await cloud.admin.delete(rolePath(cloud, rita, member));
  assert.equal(await isValid(robot), false);
  assert.equal(await isValid(reads), true);
  await cloud.admin.put(rolePath(cloud, rita, member));
  assert.equal(await isValid(robot), false);
  await opensNothing(cloud, proof);
});

test('a credential ends when its user leaves the group that gave the role', async () => {
  await using cloud = await startIdentity();
  const groupId = await made(cloud.admin, 'groups', { name: 'crew' });
  const userId = await made(cloud.admin, 'users', { name: 'gus', password: 'pw' });
  const member = await roleId(cloud, 'member');
  await cloud.admin.put(`/v3/projects/${cloud.demoProjectId}/groups/${groupId}/roles/${member}`);
  for (const leave of [`/v3/groups/${groupId}/users/${userId}`, `/v3/groups/${groupId}`]) {
    await cloud.admin.put(`/v3/groups/${groupId}/users/${userId}`);
    const gus = await cloud.nobody.post(
      '/v3/auth/tokens',
      loginBody('gus', 'pw', { project: { name: 'demo' } }),
    );
    const client = Object.assign(Object.create(cloud.nobody), {
      token: gus.headers.get('x-subject-token'),
      userId,
    });
    const proof = await credentialOf(client);
    const robot = await robotOf(cloud, proof);
    assert.equal(await isValid(robot), true);
    assert.equal((await cloud.admin.delete(leave)).status, 204);
    assert.equal(await isValid(robot), false);
    await opensNothing(cloud, proof);
  }
});

test('a credential ends with its role, its project and its user', async () => {
  await using cloud = await startIdentity();
  const role = await made(cloud.admin, 'roles', { name: 'night' });
  const rita = await cloud.userWith('member', 'rita');
  await cloud.admin.put(rolePath(cloud, rita, role));
  const scoped = await cloud.nobody.post(
    '/v3/auth/tokens',
    loginBody('rita', 'password of rita', { project: { name: 'demo' } }),
  );
  const again = Object.assign(Object.create(rita), {
    token: scoped.headers.get('x-subject-token'),
  });
  const atNight = await robotOf(cloud, await credentialOf(again, { roles: [{ id: role }] }));
  assert.equal(await isValid(atNight), true);
  await cloud.admin.delete(`/v3/roles/${role}`);
  assert.equal(await isValid(atNight), false);
  const byDay = await robotOf(cloud, await credentialOf(rita, { name: 'day' }));
  await cloud.admin.delete(`/v3/users/${rita.userId}`);
  assert.equal(await isValid(byDay), false);
  const proof = await credentialOf(cloud.demo);
  const robot = await robotOf(cloud, proof);
  assert.equal(await isValid(robot), true);
  await cloud.admin.delete(`/v3/projects/${cloud.demoProjectId}`);
  assert.equal(await isValid(robot), false);
  await opensNothing(cloud, proof);
});

test('deleting a credential ends its tokens at once', async () => {
  await using cloud = await startIdentity();
  const proof = await credentialOf(cloud.demo);
  const robot = await robotOf(cloud, proof);
  assert.equal(await isValid(robot), true);
  await cloud.demo.delete(`/v3/users/${cloud.demo.userId}/application_credentials/${proof.id}`);
  assert.equal(await isValid(robot), false);
  await opensNothing(cloud, proof);
});

test('tokens of an application credential end with a new password of its user', async () => {
  await using cloud = await startIdentity();
  const rita = await cloud.userWith('member', 'rita');
  const proof = await credentialOf(rita);
  const robot = await robotOf(cloud, proof);
  await cloud.admin.patch(`/v3/users/${rita.userId}`, { user: { password: 'another one' } });
  assert.equal(await isValid(robot), false);
  await cloud.admin.patch(`/v3/users/${rita.userId}`, { user: { enabled: false } });
  await opensNothing(cloud, proof);
});
