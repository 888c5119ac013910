import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answered, Client } from '#test/client.ts';
import {
  askSigned,
  type HeldKey,
  heldKey,
  newKey,
  type SignedAsk,
  securityTokensPath,
  temporaryKey,
  temporaryKeyBody,
} from '#test/signing.ts';
import { credentialOf, robotOf, roleId, rolePath } from './delegations.ts';
import { type IdentityCloud, made, startIdentity } from './identity-cloud.ts';
import { actorOf, trustOf } from './trusting.ts';

function asking(cloud: IdentityCloud, key: HeldKey) {
  return (method: string, url: string, ask: SignedAsk = {}) =>
    askSigned(cloud.url, key, method, url, { atMs: cloud.clock.nowMs(), ...ask });
}

const mine = '/v3/auth/projects';
const noRights = /the key is not active or opens nothing in this scope$/;

function assertRefused({ status, body }: Pick<Answered, 'status' | 'body'>, reason: RegExp): void {
  assert.equal(status, 401, JSON.stringify(body));
  assert.equal(body.error_code, 'APIGW.0301');
  assert.match(body.error_msg, reason);
}

const limitTo = (...actions: string[]) => ({
  Version: '1.1',
  Statement: [{ Effect: 'Allow', Action: actions }],
});

test('a temporary key signs as whoever took it, and only with its security token', async () => {
  await using cloud = await startIdentity();
  const key = await temporaryKey(cloud.admin);
  const ask = asking(cloud, key);
  assert.equal((await ask('GET', '/v3/users')).status, 200);
  const demo = { headers: { 'x-domain-id': 'default' } };
  assert.equal((await ask('GET', '/v3/users', demo)).status, 200);
  const { access, secret } = key;
  const wrong = /verify aksk signature fail$/;
  assertRefused(await asking(cloud, { access, secret })('GET', mine), wrong);
  const other = await temporaryKey(cloud.admin);
  const mixed = { access, secret, securityToken: other.securityToken ?? '' };
  assertRefused(await asking(cloud, mixed)('GET', mine), wrong);
  assertRefused(await asking(cloud, { ...key, secret: 'wrong' })('GET', mine), wrong);
  const changed = { ...key, securityToken: `${key.securityToken}A` };
  assertRefused(await asking(cloud, changed)('GET', mine), wrong);
});

test('the security token must be signed itself', async () => {
  await using cloud = await startIdentity();
  const { securityToken = '', ...bare } = await temporaryKey(cloud.admin);
  const answer = await asking(cloud, bare)('GET', mine, {
    onItsWay: (request) => ({
      ...request,
      headers: { ...request.headers, 'x-security-token': securityToken },
    }),
  });
  assertRefused(answer, /the header x-security-token must be signed$/);
});

test('a temporary key lasts as long as was asked, and never longer than its token', async () => {
  await using cloud = await startIdentity();
  const nowMs = cloud.clock.nowMs();
  const lifetimeOf = async (seconds?: number | string) => {
    const ask = seconds === undefined ? {} : { seconds };
    const { body } = await cloud.admin.post(securityTokensPath, temporaryKeyBody(ask));
    return (Date.parse(body.credential.expires_at) - nowMs) / 1000;
  };
  assert.equal(await lifetimeOf(), 900);
  assert.equal(await lifetimeOf('3600'), 3600);
  const ask = asking(cloud, await temporaryKey(cloud.admin));
  await cloud.clock.advance(899_000);
  assert.equal((await ask('GET', mine)).status, 200);
  await cloud.clock.advance(1000);
  assertRefused(await ask('GET', mine), /the security token has expired$/);
  await cloud.clock.advance(22 * 3600_000);
  const last = await temporaryKey(cloud.admin, { seconds: 86_400 });
  await cloud.clock.advance(2 * 3600_000);
  assertRefused(await asking(cloud, last)('GET', mine), /expired$/);
});

test('what is not asked as it must be is refused in the words of IAM', async () => {
  await using cloud = await startIdentity();
  const post = (body: object) => cloud.demo.post(securityTokensPath, body);
  for (const seconds of [899, 86_401, 0, -1, 900.5, '0900', 'x', '86401']) {
    const { status } = await post(temporaryKeyBody({ seconds }));
    assert.equal(status, 400, String(seconds));
  }
  const methods = (...names: string[]) => ({ auth: { identity: { methods: names } } });
  assert.equal((await post(methods('password'))).status, 401);
  const agency = {
    auth: {
      identity: {
        methods: ['assume_role'],
        assume_role: { domain_name: 'Default', agency_name: 'helper' },
      },
    },
  };
  const refused = await post(agency);
  assert.equal(refused.status, 404);
  assert.equal(refused.body.error_msg, 'Could not find agency: helper.');
  const unknown = await post(temporaryKeyBody({ policy: limitTo('ecs:servers:fly') }));
  assert.equal(unknown.body.error_code, 'IAM.1036');
  const old = await post(temporaryKeyBody({ policy: { Version: '1.0', Statement: [] } }));
  assert.equal(old.body.error_code, 'IAM.1024');
  const wide = '\u4e00'.repeat(1000);
  const Condition = { StringEquals: { 'g:UserName': [wide, wide, wide, wide, wide] } };
  const long = { ...limitTo('identity:users:list') };
  const policy = { ...long, Statement: long.Statement.map((one) => ({ ...one, Condition })) };
  assert.equal((await post(temporaryKeyBody({ policy }))).body.error_code, 'IAM.1021');
  assert.equal((await cloud.nobody.post(securityTokensPath, temporaryKeyBody())).status, 401);
});

test('a policy leaves of its holder’s rights what it allows, an administrator’s too', async () => {
  await using cloud = await startIdentity();
  const limited = async (client: Client, policy: unknown) =>
    asking(cloud, await temporaryKey(client, { policy }));
  const looks = await limited(cloud.admin, limitTo('identity:users:list'));
  assert.equal((await looks('GET', '/v3/users')).status, 200);
  assert.equal((await looks('GET', '/v3/groups')).status, 403);
  const body = { user: { name: 'eve' } };
  assert.equal((await looks('POST', '/v3/users', { body })).status, 403);
  const granted = limitTo('identity:users:create', 'identity:users:list');
  const asDemo = await limited(cloud.demo, granted);
  assert.equal((await asDemo('GET', '/v3/users')).status, 403);
  const denied = {
    Version: '1.1',
    Statement: [
      { Effect: 'Allow', Action: ['*:*:*'] },
      { Effect: 'Deny', Action: ['identity:users:*'] },
    ],
  };
  const allBut = await limited(cloud.admin, denied);
  assert.equal((await allBut('GET', '/v3/users')).status, 403);
  assert.equal((await allBut('GET', '/v3/groups')).status, 200);
  const Condition = { StringEquals: { 'g:UserName': ['somebody else'] } };
  const [one] = limitTo('identity:users:list').Statement;
  const policy = { Version: '1.1', Statement: [{ ...one, Condition }] };
  assert.equal((await (await limited(cloud.admin, policy))('GET', '/v3/users')).status, 403);
});

test('nothing that lasts is made by a temporary key, and no other temporary key', async () => {
  await using cloud = await startIdentity();
  const ask = asking(cloud, await temporaryKey(cloud.admin));
  const user = `/v3/users/${cloud.admin.userId}`;
  const asked: [string, object][] = [
    ['/v3.0/OS-CREDENTIAL/credentials', { credential: { user_id: cloud.admin.userId } }],
    [securityTokensPath, temporaryKeyBody()],
    [`${user}/application_credentials`, { application_credential: { name: 'robot' } }],
    [`${user}/credentials/OS-EC2`, { tenant_id: cloud.adminProjectId }],
  ];
  for (const [path, body] of asked) {
    assert.equal((await ask('POST', path, { body })).status, 403, path);
  }
  const trust = {
    impersonation: false,
    trustor_user_id: cloud.admin.userId,
    trustee_user_id: cloud.demo.userId,
    project_id: cloud.adminProjectId,
    roles: [{ name: 'admin' }],
  };
  const headers = { 'x-project-id': cloud.adminProjectId };
  const trusted = await ask('POST', '/v3/OS-TRUST/trusts', { body: { trust }, headers });
  assert.equal(trusted.status, 403);
});

test('a key that was taken from a permanent one ends with it', async () => {
  await using cloud = await startIdentity();
  const permanent = await newKey(cloud.admin);
  const signed = asking(cloud, permanent);
  const headers = { 'x-project-id': cloud.adminProjectId };
  const body = temporaryKeyBody({ seconds: 86_400 });
  const ask = asking(cloud, heldKey(await signed('POST', securityTokensPath, { body, headers })));
  assert.equal((await ask('GET', '/v3/users')).status, 200);
  const path = `/v3.0/OS-CREDENTIAL/credentials/${permanent.access}`;
  await cloud.admin.put(path, { credential: { status: 'inactive' } });
  assertRefused(await ask('GET', '/v3/users'), noRights);
  await cloud.admin.put(path, { credential: { status: 'active' } });
  assert.equal((await ask('GET', '/v3/users')).status, 200);
  await cloud.admin.delete(path);
  assertRefused(await ask('GET', '/v3/users'), noRights);
});

test('whatever ends its holder’s token or rights ends a temporary key at once', async () => {
  await using cloud = await startIdentity();
  const endings: [string, (user: Client) => Promise<unknown>][] = [
    ['disabled', (user) => setUser(cloud, user, { enabled: false })],
    ['password', (user) => setUser(cloud, user, { password: 'another one' })],
    ['deleted', (user) => cloud.admin.delete(`/v3/users/${user.userId}`)],
    ['revoked', (user) => revoke(cloud, user)],
    [
      'role',
      async (user) => cloud.admin.delete(rolePath(cloud, user, await roleId(cloud, 'reader'))),
    ],
  ];
  for (const [name, end] of endings) {
    const user = await cloud.userWith('reader', name);
    const ask = asking(cloud, await temporaryKey(user));
    assert.equal((await ask('GET', mine)).status, 200, name);
    await end(user);
    assertRefused(await ask('GET', mine), noRights);
  }
});

function setUser(cloud: IdentityCloud, user: Client, members: object) {
  return cloud.admin.patch(`/v3/users/${user.userId}`, { user: members });
}

function revoke(cloud: IdentityCloud, user: Client) {
  return cloud.admin.delete('/v3/auth/tokens', { 'x-subject-token': user.token ?? '' });
}

test('a key from an application credential or a trust stays as restricted as that', async () => {
  await using cloud = await startIdentity();
  const other = await made(cloud.admin, 'projects', { name: 'other' });
  const reader = await roleId(cloud, 'reader');
  await cloud.admin.put(`/v3/projects/${other}/users/${cloud.demo.userId}/roles/${reader}`);
  const members = { roles: [{ name: 'reader' }], unrestricted: true };
  const robot = await robotOf(cloud, await credentialOf(cloud.demo, members));
  const trustee = await cloud.userWith('reader', 'tina');
  const trusted = await actorOf(cloud, trustee, await trustOf(cloud, cloud.demo, trustee));
  for (const client of [robot, trusted]) {
    const ask = asking(cloud, await temporaryKey(client));
    const inScope = (id: string) => ask('GET', mine, { headers: { 'x-project-id': id } });
    assert.equal((await inScope(cloud.demoProjectId)).status, 200);
    assertRefused(await inScope(other), noRights);
    assertRefused(await ask('GET', mine, { headers: { 'x-domain-id': 'default' } }), noRights);
    const path = `/v3/users/${client.userId}/application_credentials`;
    const body = { application_credential: { name: 'more' } };
    assert.equal((await ask('POST', path, { body })).status, 403);
  }
  const whole = asking(cloud, await temporaryKey(cloud.demo));
  assert.equal((await whole('GET', mine, { headers: { 'x-project-id': other } })).status, 200);
});

test('access rules of an application credential hold for the keys that come from it', async () => {
  await using cloud = await startIdentity();
  const rule = (method: string, path: string) => ({
    service: path.startsWith('/v3.0') ? 'iam' : 'identity',
    method,
    path,
  });
  const access_rules = [rule('POST', securityTokensPath), rule('GET', '/v3/auth/catalog')];
  const robot = await robotOf(cloud, await credentialOf(cloud.demo, { access_rules }));
  const ask = asking(cloud, await temporaryKey(robot));
  assert.equal((await ask('GET', '/v3/auth/catalog')).status, 200);
  assert.equal((await ask('GET', mine)).status, 401);
});
