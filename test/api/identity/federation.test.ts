import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateKeyPair, SignJWT } from 'jose';
import { limits } from '#base/limits.ts';
import { Client, logIn } from '#test/client.ts';
import { type OpenIdProvider, startOpenIdProvider } from '#test/openid.ts';
import { credentialOf, isValid, robotOf } from './delegations.ts';
import { type IdentityCloud, made, passwords, rescoped, startIdentity } from './identity-cloud.ts';

const base = '/v3/OS-FEDERATION';
const door = `${base}/identity_providers/corp/protocols/openid`;

const rules = [
  {
    remote: [{ type: 'preferred_username' }, { type: 'groups', whitelist: ['ops', 'dev'] }],
    local: [{ user: { name: '{0}' } }, { groups: '{1}', domain: { id: 'default' } }],
  },
];

/** The cloud's clock is set to now: a real provider dates its tokens so. */
async function startFederated(openid: OpenIdProvider): Promise<IdentityCloud & { root: Client }> {
  const cloud = await startIdentity();
  await cloud.clock.advance(Date.now() - cloud.clock.nowMs());
  const root = await logIn(cloud.url, 'admin', passwords.admin, 'admin');
  const put = async (path: string, body: object) => {
    const answer = await root.put(base + path, body);
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
  };
  const provider = { enabled: true, remote_ids: [openid.issuer] };
  await put('/identity_providers/corp', { identity_provider: provider });
  await put('/mappings/corp', { mapping: { rules } });
  await put('/identity_providers/corp/protocols/openid', { protocol: { mapping_id: 'corp' } });
  return Object.assign(cloud, { root });
}

async function enter(cloud: IdentityCloud, bearer: string) {
  return cloud.nobody.post(`${door}/auth`, undefined, { authorization: `Bearer ${bearer}` });
}

/** A group of our own with a role on project `demo`. */
async function groupWithRole(cloud: { root: Client; demoProjectId: string }, name: string) {
  const groupId = await made(cloud.root, 'groups', { name });
  const role = (await cloud.root.get('/v3/roles?name=member')).body.roles[0].id;
  await cloud.root.put(`/v3/projects/${cloud.demoProjectId}/groups/${groupId}/roles/${role}`);
  return groupId;
}

test('whom a provider vouches for has the roles of the groups that the mapping names', async () => {
  await using openid = await startOpenIdProvider({ ann: ['ops', 'other'], bob: ['sales'] });
  await using cloud = await startFederated(openid);
  const opsId = await groupWithRole(cloud, 'ops');
  const entered = await enter(cloud, await openid.tokenOf('ann'));
  assert.equal(entered.status, 201, JSON.stringify(entered.body));
  const { token } = entered.body;
  assert.deepEqual([token.user.name, token.methods, token.project], ['ann', ['openid'], undefined]);
  const told = {
    groups: [{ id: opsId }],
    identity_provider: { id: 'corp' },
    protocol: { id: 'openid' },
  };
  assert.deepEqual(token.user['OS-FEDERATION'], told);
  const ann = new Client(cloud.url, entered.headers.get('x-subject-token') ?? '');
  const projects = (await ann.get(`${base}/projects`)).body.projects;
  assert.deepEqual(
    projects.map((project: { name: string }) => project.name),
    ['demo'],
  );
  const inDemo = await rescoped(ann, { project: { id: cloud.demoProjectId } });
  const headers = { 'x-subject-token': inDemo?.token ?? '' };
  const shown = (await cloud.root.get('/v3/auth/tokens', headers)).body.token;
  assert.deepEqual([shown.user['OS-FEDERATION'], shown.project.name], [told, 'demo']);
  const again = await enter(cloud, await openid.tokenOf('ann'));
  assert.equal(again.body.token.user.id, token.user.id);
  const bob = await enter(cloud, await openid.tokenOf('bob'));
  assert.equal(bob.status, 201);
  const asBob = new Client(cloud.url, bob.headers.get('x-subject-token') ?? '');
  assert.equal(await rescoped(asBob, { project: { id: cloud.demoProjectId } }), undefined);
  const known = async (query: string) =>
    (await cloud.root.get(`/v3/users?${query}`)).body.users.map(
      (one: { name: string }) => one.name,
    );
  assert.deepEqual(await known('idp_id=corp&protocol_id=openid'), ['ann', 'bob']);
  assert.deepEqual(await known('idp_id=another'), []);
  const providers = async (query: string) =>
    (await cloud.root.get(`${base}/identity_providers?${query}`)).body.identity_providers.length;
  assert.deepEqual([await providers('enabled=true'), await providers('id=none')], [1, 0]);
});

test('a token for others, of others, changed or out of date opens nothing', async () => {
  await using openid = await startOpenIdProvider({ ann: ['ops'] });
  await using stranger = await startOpenIdProvider({ ann: ['ops'] });
  await using cloud = await startFederated(openid);
  const status = async (bearer: string) => (await enter(cloud, bearer)).status;
  const good = await openid.tokenOf('ann');
  const [head, claims = '', signature] = good.split('.');
  const changed = Buffer.from(claims, 'base64url').toString().replace('"ann"', '"eve"');
  const forged = Buffer.from(changed).toString('base64url');
  const none = Buffer.from('{"alg":"none"}').toString('base64url');
  assert.equal(await status(await openid.tokenOf('ann', 'another')), 401);
  assert.equal(await status(await stranger.tokenOf('ann')), 401);
  assert.equal(await status(`${head}.${forged}.${signature}`), 401);
  assert.equal(await status(`${none}.${claims}.`), 401);
  assert.equal(await status('nonsense'), 401);
  const { privateKey } = await generateKeyPair('RS256');
  const own = new SignJWT(JSON.parse(Buffer.from(claims, 'base64url').toString()));
  const signed = await own.setProtectedHeader({ alg: 'RS256' }).sign(privateKey);
  assert.equal(await status(signed), 401);
  assert.equal((await cloud.nobody.post(`${door}/auth`)).status, 401);
  assert.equal(await status(good), 201);
  await cloud.clock.advance(24 * 3600_000);
  assert.equal(await status(good), 401);
});

test('a name that a local user has stays theirs', async () => {
  await using openid = await startOpenIdProvider({ admin: ['ops'] });
  await using cloud = await startFederated(openid);
  const inDefault = { identity_provider: { domain_id: 'default', enabled: true } };
  await cloud.root.delete(`${base}/identity_providers/corp`);
  const provider = { ...inDefault.identity_provider, remote_ids: [openid.issuer] };
  await cloud.root.put(`${base}/identity_providers/corp`, { identity_provider: provider });
  await cloud.root.put(door, { protocol: { mapping_id: 'corp' } });
  const { token } = (await enter(cloud, await openid.tokenOf('admin'))).body;
  assert.notEqual(token.user.id, cloud.admin.userId);
  assert.match(token.user.name, /^admin-[0-9a-f]{8}$/);
});

for (const [what, end] of [
  [
    'disabled',
    (root: Client) =>
      root.patch(`${base}/identity_providers/corp`, { identity_provider: { enabled: false } }),
  ],
  ['deleted', (root: Client) => root.delete(`${base}/identity_providers/corp`)],
  ['without its protocol', (root: Client) => root.delete(door)],
] as const) {
  test(`when a provider is ${what}, those who came by it are out at once`, async () => {
    await using openid = await startOpenIdProvider({ ann: ['ops'] });
    await using cloud = await startFederated(openid);
    const entered = await enter(cloud, await openid.tokenOf('ann'));
    const ann = new Client(cloud.url, entered.headers.get('x-subject-token') ?? '');
    assert.equal((await ann.get('/v3/auth/projects')).status, 200);
    assert.ok((await end(cloud.root)).status < 300);
    assert.equal((await ann.get('/v3/auth/projects')).status, 401);
    assert.equal((await enter(cloud, await openid.tokenOf('ann'))).status, 401);
  });
}

test('a group left at the provider is left here at the next login, in all tokens', async () => {
  const groups: Record<string, string[]> = { ann: ['ops'] };
  await using openid = await startOpenIdProvider(groups);
  await using cloud = await startFederated(openid);
  await groupWithRole(cloud, 'ops');
  const entered = await enter(cloud, await openid.tokenOf('ann'));
  const unscoped = new Client(cloud.url, entered.headers.get('x-subject-token') ?? '');
  const ann = await rescoped(unscoped, { project: { id: cloud.demoProjectId } });
  assert.equal((await ann?.get('/v3/auth/projects'))?.status, 200);
  groups.ann = [];
  assert.equal((await enter(cloud, await openid.tokenOf('ann'))).status, 401);
  groups.ann = ['dev'];
  assert.equal((await enter(cloud, await openid.tokenOf('ann'))).status, 201);
  assert.equal((await ann?.get('/v3/auth/projects'))?.status, 401);
});

test('what somebody made gives nothing once their provider is silent for too long', async () => {
  const groups: Record<string, string[]> = { ann: ['ops'] };
  await using openid = await startOpenIdProvider(groups);
  await using cloud = await startFederated(openid);
  await groupWithRole(cloud, 'ops');
  const demo = { project: { id: cloud.demoProjectId } };
  const come = async () => {
    const entered = await enter(cloud, await openid.tokenOf('ann'));
    const { id } = entered.body.token.user;
    const secret = entered.headers.get('x-subject-token') ?? '';
    const ann = await rescoped(new Client(cloud.url, secret, undefined, id), demo);
    assert.ok(ann);
    return ann;
  };
  const proof = await credentialOf(await come());
  await cloud.clock.advance(limits.tokenLifetimeMs - 1);
  await cloud.identity.endLapsedMemberships();
  const robot = await robotOf(cloud, proof);
  assert.equal(await isValid(robot), true);
  await cloud.clock.advance(1);
  await cloud.identity.endLapsedMemberships();
  assert.equal(await isValid(robot), false);
  await assert.rejects(robotOf(cloud, proof));
  // The provider dates its tokens by its own clock.
  await cloud.clock.advance(-limits.tokenLifetimeMs);
  await come();
  assert.equal(await isValid(await robotOf(cloud, proof)), true);
  groups.ann = ['dev'];
  await enter(cloud, await openid.tokenOf('ann'));
  await assert.rejects(robotOf(cloud, proof));
  groups.ann = ['ops'];
  await come();
  await assert.rejects(robotOf(cloud, proof));
});

test('a provider’s word holds for as many minutes as it was given', async () => {
  await using openid = await startOpenIdProvider({ ann: ['ops'] });
  await using cloud = await startFederated(openid);
  await groupWithRole(cloud, 'ops');
  const provider = `${base}/identity_providers/corp`;
  for (const [ttl, status] of [
    [-1, 400],
    [60, 200],
  ]) {
    const body = { identity_provider: { authorization_ttl: ttl } };
    assert.equal((await cloud.root.patch(provider, body)).status, status);
  }
  const shown = (await cloud.root.get(provider)).body.identity_provider;
  assert.equal(shown.authorization_ttl, 60);
  const entered = await enter(cloud, await openid.tokenOf('ann'));
  const unscoped = new Client(cloud.url, entered.headers.get('x-subject-token') ?? '');
  const ann = await rescoped(unscoped, { project: { id: cloud.demoProjectId } });
  assert.ok(ann);
  for (const isLate of [false, true]) {
    await cloud.clock.advance(isLate ? 1 : 60 * 60_000 - 1);
    await cloud.identity.endLapsedMemberships();
    assert.equal(await isValid(ann), !isLate);
  }
});
