import assert from 'node:assert/strict';
import { test } from 'node:test';
import { credentialLogin, credentialOf } from '../api/identity/delegations.ts';
import { loginBody, made, startIdentity } from '../api/identity/identity-cloud.ts';

// Hashes that end after 72 bytes let in whoever knows the beginning.
const long = 'a'.repeat(100);

test('a password counts to its last character', async () => {
  await using cloud = await startIdentity();
  await made(cloud.admin, 'users', { name: 'lou', password: `${long}1` });
  const log = (password: string) =>
    cloud.nobody.post('/v3/auth/tokens', loginBody('lou', password));
  assert.equal((await log(`${long}2`)).status, 401);
  assert.equal((await log(long)).status, 401);
  assert.equal((await log(`${long}1`)).status, 201);
});

test('so does the secret of an application credential', async () => {
  await using cloud = await startIdentity();
  const { id } = await credentialOf(cloud.demo, { secret: `${long}1` });
  const log = (secret: string) =>
    cloud.nobody.post('/v3/auth/tokens', credentialLogin({ id, secret }));
  assert.equal((await log(`${long}2`)).status, 401);
  assert.equal((await log(`${long}1`)).status, 201);
});
