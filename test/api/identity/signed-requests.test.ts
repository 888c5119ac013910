import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Answered, Client } from '#test/client.ts';
import { askSigned, type HeldKey, newKey, type SignedAsk } from '#test/signing.ts';
import { type IdentityCloud, made, startIdentity } from './identity-cloud.ts';

type Answer = Pick<Answered, 'status' | 'body'>;

/** Signs by the cloud's clock, which stands still. */
function asking(cloud: IdentityCloud, key: HeldKey) {
  return (method: string, url: string, ask: SignedAsk = {}) =>
    askSigned(cloud.url, key, method, url, { atMs: cloud.clock.nowMs(), ...ask });
}

function assertRefused({ status, body }: Answer, reason = 'verify aksk signature fail'): void {
  assert.equal(status, 401);
  assert.equal(body.error_code, 'APIGW.0301');
  assert.equal(body.error_msg, `Incorrect IAM authentication information: ${reason}`);
  assert.match(body.request_id, /^req-/);
}

const mine = '/v3/auth/projects';

test('whoever signs has the roles of the key’s user in the scope that they name', async () => {
  await using cloud = await startIdentity();
  const ask = asking(cloud, await newKey(cloud.admin));
  const scopes: [Record<string, string>, number][] = [
    [{ 'x-project-id': cloud.adminProjectId }, 200],
    [{ 'x-domain-id': 'default' }, 200],
    [{}, 200],
  ];
  for (const [headers, status] of scopes) {
    assert.equal((await ask('GET', '/v3/users', { headers })).status, status);
  }
  const rita = await cloud.userWith('reader', 'rita');
  const asRita = asking(cloud, await newKey(rita));
  const demo = { headers: { 'x-project-id': cloud.demoProjectId } };
  assert.equal((await asRita('GET', mine, demo)).status, 200);
  assert.equal((await asRita('GET', '/v3/users', demo)).status, 403);
  assert.equal((await asRita('GET', '/v3/users')).status, 403);
  const found = await asRita('GET', '/v3/projects?name=demo', { body: {} });
  assert.deepEqual(
    found.body.projects.map(({ id }: { id: string }) => id),
    [cloud.demoProjectId],
  );
});

test('a scope in which the user has no role, or that is not there, opens nothing', async () => {
  await using cloud = await startIdentity();
  const ask = asking(cloud, await newKey(cloud.demo));
  const reason = 'the key is not active or opens nothing in this scope';
  for (const id of [cloud.adminProjectId, 'no-such-project']) {
    assertRefused(await ask('GET', mine, { headers: { 'x-project-id': id } }), reason);
    assertRefused(await ask('GET', mine, { headers: { 'x-domain-id': id } }), reason);
  }
});

test('who has no role in their own account is somebody there, and no more', async () => {
  await using cloud = await startIdentity();
  const ask = asking(cloud, await newKey(cloud.demo));
  const headers = { 'x-domain-id': 'default' };
  assert.equal((await ask('GET', mine, { headers })).status, 200);
  assert.equal((await ask('GET', '/v3/users', { headers })).status, 403);
});

test('wrong secrets, unknown keys and what is no signature look the same', async () => {
  await using cloud = await startIdentity();
  const key = await newKey(cloud.demo);
  const nobodys = { access: 'A'.repeat(20), secret: key.secret };
  assertRefused(await asking(cloud, { ...key, secret: 'wrong' })('GET', mine));
  assertRefused(await asking(cloud, nobodys)('GET', mine));
  const broken = { authorization: 'SDK-HMAC-SHA256 Access=x' };
  assertRefused(
    await asking(cloud, key)('GET', mine, {
      onItsWay: (request) => ({ ...request, headers: { ...request.headers, ...broken } }),
    }),
  );
});

test('a wrong signature is refused even beside a good token', async () => {
  await using cloud = await startIdentity();
  const ask = asking(cloud, { ...(await newKey(cloud.demo)), secret: 'wrong' });
  const token = { 'x-auth-token': cloud.demo.token ?? '' };
  assertRefused(await ask('GET', mine, { headers: token }));
});

test('a body, a path, a query or a scope that is changed on its way is refused', async () => {
  await using cloud = await startIdentity();
  const ask = asking(cloud, await newKey(cloud.admin));
  const scope = { 'x-project-id': cloud.adminProjectId };
  const user = { user: { name: 'eve' } };
  const forge = (onItsWay: NonNullable<SignedAsk['onItsWay']>) =>
    ask('POST', '/v3/users', { headers: scope, body: user, onItsWay });
  const changed = JSON.stringify({ user: { name: 'Eve' } });
  assertRefused(await forge((request) => ({ ...request, body: changed })));
  assertRefused(await forge((request) => ({ ...request, url: '/v3/groups' })));
  assertRefused(await forge((request) => ({ ...request, url: '/v3/users?a=1' })));
  const other = { ...scope, 'x-project-id': cloud.demoProjectId };
  const moved = await forge((request) => ({
    ...request,
    headers: { ...request.headers, ...other },
  }));
  assertRefused(moved);
  assert.equal((await cloud.admin.get('/v3/users?name=eve')).body.users.length, 0);
});

test('what decides for whom a signature counts must be signed itself', async () => {
  await using cloud = await startIdentity();
  const ask = asking(cloud, await newKey(cloud.admin));
  const answer = await ask('GET', mine, {
    onItsWay: (request) => ({
      ...request,
      headers: { ...request.headers, 'x-project-id': cloud.demoProjectId },
    }),
  });
  assertRefused(answer, 'verify aksk signature fail, the header x-project-id must be signed');
});

test('a security token that nobody was given is not passed over', async () => {
  await using cloud = await startIdentity();
  const key = await newKey(cloud.admin);
  assertRefused(await asking(cloud, { ...key, securityToken: 'invented' })('GET', mine));
  assert.equal((await asking(cloud, key)('GET', mine)).status, 200);
});

test('a body may be named by its hash, but JSON is never left unsigned', async () => {
  await using cloud = await startIdentity();
  const ask = asking(cloud, await newKey(cloud.admin));
  const body = { user: { name: 'una' } };
  const unsigned = { 'x-sdk-content-sha256': 'UNSIGNED-PAYLOAD' };
  assertRefused(await ask('POST', '/v3/users', { body, headers: unsigned }));
  const wrong = { 'x-sdk-content-sha256': '0'.repeat(64) };
  assertRefused(await ask('POST', '/v3/users', { body, headers: wrong }));
});

test('a signature is good for a quarter of an hour, by the cloud’s clock', async () => {
  await using cloud = await startIdentity();
  const ask = asking(cloud, await newKey(cloud.demo));
  const nowMs = cloud.clock.nowMs();
  const expired = 'verify aksk signature fail, signature expired';
  assert.equal((await ask('GET', mine, { atMs: nowMs - 14 * 60_000 })).status, 200);
  assertRefused(await ask('GET', mine, { atMs: nowMs - 16 * 60_000 }), expired);
  assertRefused(await ask('GET', mine, { atMs: nowMs + 16 * 60_000 }), expired);
});

test('a signature changes something once, and may look as often as it likes', async () => {
  await using cloud = await startIdentity();
  const ask = asking(cloud, await newKey(cloud.admin));
  const body = { user: { name: 'once' } };
  assert.equal((await ask('POST', '/v3/users', { body })).status, 201);
  const again = await ask('POST', '/v3/users', { body });
  assertRefused(again, 'this signature was used before; sign the request anew');
  await cloud.clock.advance(1000);
  assert.equal((await ask('POST', '/v3/users', { body })).status, 409);
  assert.equal((await ask('GET', mine)).status, 200);
  assert.equal((await ask('GET', mine)).status, 200);
});

test('a signature from before a restart changes nothing after it', async () => {
  await using cloud = await startIdentity();
  const key = await newKey(cloud.admin);
  const atMs = cloud.clock.nowMs();
  await cloud.clock.advance(2000);
  await cloud.restart();
  const body = { user: { name: 'old' } };
  const old = await asking(cloud, key)('POST', '/v3/users', { body, atMs });
  assertRefused(old, 'this signature was used before; sign the request anew');
  assert.equal((await asking(cloud, key)('POST', '/v3/users', { body })).status, 201);
});

test('five wrong signatures lock a key for five minutes, the right one included', async () => {
  await using cloud = await startIdentity();
  const key = await newKey(cloud.demo);
  const wrong = asking(cloud, { ...key, secret: 'wrong' });
  for (let count = 0; count < 5; count += 1) assertRefused(await wrong('GET', mine));
  const locked = 'AK access failed to reach the limit,forbidden';
  assertRefused(await asking(cloud, key)('GET', mine), locked);
  await cloud.clock.advance(5 * 60_000);
  assert.equal((await asking(cloud, key)('GET', mine)).status, 200);
});

test('a key opens nothing once it is inactive, deleted, or its user is disabled', async () => {
  await using cloud = await startIdentity();
  const key = await newKey(cloud.demo);
  const ask = asking(cloud, key);
  const path = `/v3.0/OS-CREDENTIAL/credentials/${key.access}`;
  assert.equal((await ask('GET', mine)).status, 200);
  await cloud.admin.put(path, { credential: { status: 'inactive' } });
  assertRefused(await ask('GET', mine));
  await cloud.admin.put(path, { credential: { status: 'active' } });
  assert.equal((await ask('GET', mine)).status, 200);
  const user = `/v3/users/${cloud.demo.userId}`;
  await cloud.admin.patch(user, { user: { enabled: false } });
  assert.equal((await ask('GET', mine)).status, 401);
  await cloud.admin.patch(user, { user: { enabled: true } });
  assert.equal((await ask('GET', mine)).status, 200);
  await cloud.admin.delete(path);
  assertRefused(await ask('GET', mine));
});

test('a role that is taken away is gone at once for whoever signs', async () => {
  await using cloud = await startIdentity();
  const rita = await cloud.userWith('reader', 'rita');
  const ask = asking(cloud, await newKey(rita));
  const demo = { headers: { 'x-project-id': cloud.demoProjectId } };
  assert.equal((await ask('GET', mine, demo)).status, 200);
  const role = (await cloud.admin.get('/v3/roles?name=reader')).body.roles[0].id;
  const grant = `/v3/projects/${cloud.demoProjectId}/users/${rita.userId}/roles/${role}`;
  await cloud.admin.delete(grant);
  assert.equal((await ask('GET', mine, demo)).status, 401);
});

test('the last use is told at once, and written down now and then', async () => {
  await using cloud = await startIdentity();
  const key = await newKey(cloud.demo);
  const path = `/v3.0/OS-CREDENTIAL/credentials/${key.access}`;
  const { database } = cloud.identity.context;
  await cloud.clock.advance(60_000);
  const before = database.changeMark();
  assert.equal((await asking(cloud, key)('GET', mine)).status, 200);
  assert.equal(database.changeMark(), before);
  const used = (await cloud.demo.get(path)).body.credential.last_use_time;
  assert.equal(used, `${new Date(cloud.clock.nowMs()).toISOString().slice(0, 23)}000Z`);
  await cloud.identity.writeKeyUses();
  await cloud.restart();
  assert.equal((await cloud.demo.get(path)).body.credential.last_use_time, used);
});

test('a domain’s own administrator signs for that domain', async () => {
  await using cloud = await startIdentity();
  const domainId = await made(cloud.admin, 'domains', { name: 'lab' });
  const members = { name: 'lea', password: 'pw', domain_id: domainId };
  const userId = await made(cloud.admin, 'users', members);
  const role = (await cloud.admin.get('/v3/roles?name=reader')).body.roles[0].id;
  await cloud.admin.put(`/v3/domains/${domainId}/users/${userId}/roles/${role}`);
  const asAdmin = new Client(cloud.url, cloud.admin.token, undefined, userId);
  const ask = asking(cloud, await newKey(asAdmin));
  const domains = await ask('GET', '/v3/auth/domains', { headers: { 'x-domain-id': domainId } });
  assert.deepEqual(
    domains.body.domains.map(({ id }: { id: string }) => id),
    [domainId],
  );
});
