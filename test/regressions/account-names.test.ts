import assert from 'node:assert/strict';
import { test } from 'node:test';
import { credentialOf } from '../api/identity/delegations.ts';
import { loginBody, made, passwords, startIdentity } from '../api/identity/identity-cloud.ts';

test('account names cannot be guessed by status, body or number of hashes', async () => {
  await using cloud = await startIdentity({ lockoutFailureAttempts: 2 });
  const { passwords: hashes } = cloud.identity.context;
  await made(cloud.admin, 'users', { name: 'off', password: 'p', enabled: false });
  await made(cloud.admin, 'users', { name: 'without' });
  await made(cloud.admin, 'users', { name: 'locked', password: 'p' });
  const log = async (name: string, password: string) => {
    const before = hashes.count;
    const answer = await cloud.nobody.post('/v3/auth/tokens', loginBody(name, password));
    return { status: answer.status, body: answer.body, hashes: hashes.count - before };
  };
  for (let count = 0; count < 2; count += 1) await log('locked', 'wrong');
  const wrong = await log('demo', 'wrong');
  assert.equal(wrong.status, 401);
  assert.equal(wrong.hashes, 1);
  for (const [name, password] of [
    ['nobody', 'wrong'],
    ['off', 'p'],
    ['off', 'wrong'],
    ['without', 'wrong'],
    ['locked', 'p'],
    ['locked', 'wrong'],
  ] as const) {
    assert.deepEqual(await log(name, password), wrong, `${name} with ${password}`);
  }
  assert.equal((await log('demo', passwords.demo)).status, 201);
});

test('nor by the way to a new password', async () => {
  await using cloud = await startIdentity();
  const { passwords: hashes } = cloud.identity.context;
  const known = await made(cloud.admin, 'users', { name: 'known', password: 'p' });
  const off = await made(cloud.admin, 'users', { name: 'off', password: 'p', enabled: false });
  const ask = async (id: string, original: string) => {
    const before = hashes.count;
    const user = { original_password: original, password: 'new' };
    const answer = await cloud.nobody.post(`/v3/users/${id}/password`, { user });
    return { status: answer.status, body: answer.body, hashes: hashes.count - before };
  };
  const wrong = await ask(known, 'wrong');
  assert.deepEqual([wrong.status, wrong.hashes], [401, 1]);
  assert.deepEqual(await ask('0123456789abcdef', 'p'), wrong);
  assert.deepEqual(await ask(off, 'p'), wrong);
});

test('nor by codes and application credentials', async () => {
  await using cloud = await startIdentity();
  const { passwords: hashes } = cloud.identity.context;
  await credentialOf(cloud.demo);
  const ask = async (method: string, proof: object) => {
    const before = hashes.count;
    const identity = { methods: [method], [method]: proof };
    const answer = await cloud.nobody.post('/v3/auth/tokens', { auth: { identity } });
    return { status: answer.status, body: answer.body, hashes: hashes.count - before };
  };
  const byName = (user: string, name: string) =>
    ask('application_credential', {
      name,
      user: { name: user, domain: { id: 'default' } },
      secret: 'wrong',
    });
  const wrong = await byName('demo', 'robot');
  assert.deepEqual([wrong.status, wrong.hashes], [401, 1]);
  assert.deepEqual(await byName('demo', 'other'), wrong);
  assert.deepEqual(await byName('nobody', 'robot'), wrong);
  const byId = { id: '0123456789abcdef', secret: 'wrong' };
  assert.deepEqual(await ask('application_credential', byId), wrong);
  await made(cloud.admin, 'users', { name: 'off', password: 'p', enabled: false });
  const byCode = (name: string) =>
    ask('totp', { user: { name, domain: { id: 'default' }, passcode: '000000' } });
  const code = await byCode('demo');
  assert.equal(code.status, 401);
  assert.deepEqual(await byCode('off'), code);
  assert.deepEqual(await byCode('nobody'), code);
});
