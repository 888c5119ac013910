import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '#base/limits.ts';
import { LoginThrottle } from '#identity/logins/throttle.ts';
import { logIn } from '#identity/tokens/log-in.ts';
import { type IdentityCloud, loginBody, made, passwords, startIdentity } from './identity-cloud.ts';

const minuteMs = 60_000;

/** A login past the listener, from an address of the test's choice. */
async function attempt(cloud: IdentityCloud, name: string, password: string, address: string) {
  const user = { name, domain: { id: 'default' } };
  const request = { password: { user, password }, address, scope: { kind: 'none' as const } };
  try {
    await logIn(cloud.identity.context, request);
    return { status: 201, message: '', headers: {} };
  } catch (error) {
    return error as { status: number; message: string; headers: Record<string, string> };
  }
}

test('after too many failures even the right password is refused, for a while', async () => {
  await using cloud = await startIdentity({ lockoutFailureAttempts: 3, lockoutDurationMs: 90_000 });
  for (let count = 0; count < 3; count += 1) {
    assert.equal((await attempt(cloud, 'demo', 'wrong', `10.0.0.${count}`)).status, 401);
  }
  const locked = await attempt(cloud, 'demo', passwords.demo, '10.0.1.1');
  const unknown = await attempt(cloud, 'nobody', 'x', '10.0.1.1');
  assert.equal(locked.status, 401);
  assert.equal(locked.message, unknown.message);
  await cloud.clock.advance(60_000);
  // What is tried during the lock does not make it longer.
  assert.equal((await attempt(cloud, 'demo', 'wrong', '10.0.1.2')).status, 401);
  await cloud.clock.advance(30_000);
  assert.equal((await attempt(cloud, 'demo', passwords.demo, '10.0.1.3')).status, 201);
  assert.equal((await attempt(cloud, 'demo', 'wrong', '10.0.1.4')).status, 401);
  assert.equal((await attempt(cloud, 'demo', passwords.demo, '10.0.1.5')).status, 201);
});

test('a lock outlives a restart, and an administrator ends it', async () => {
  await using cloud = await startIdentity({ lockoutFailureAttempts: 2 });
  const id = await made(cloud.admin, 'users', { name: 'u', password: 'p' });
  for (const address of ['10.0.0.1', '10.0.0.2']) await attempt(cloud, 'u', 'wrong', address);
  await cloud.restart();
  assert.equal((await attempt(cloud, 'u', 'p', '10.0.0.3')).status, 401);
  await cloud.admin.patch(`/v3/users/${id}`, { user: { enabled: true } });
  assert.equal((await attempt(cloud, 'u', 'p', '10.0.0.3')).status, 201);
});

test('users with the option are never locked', async () => {
  await using cloud = await startIdentity({ lockoutFailureAttempts: 2 });
  const options = { ignore_lockout_failure_attempts: true };
  await made(cloud.admin, 'users', { name: 'robot', password: 'p', options });
  for (let count = 0; count < 5; count += 1) {
    await attempt(cloud, 'robot', 'wrong', `10.0.0.${count}`);
  }
  assert.equal((await attempt(cloud, 'robot', 'p', '10.0.1.1')).status, 201);
});

test('a wrong way to another password counts like a wrong login', async () => {
  await using cloud = await startIdentity({ lockoutFailureAttempts: 2 });
  const id = await made(cloud.admin, 'users', { name: 'u', password: 'p' });
  for (let count = 0; count < 2; count += 1) {
    const user = { original_password: 'wrong', password: 'x' };
    assert.equal((await cloud.nobody.post(`/v3/users/${id}/password`, { user })).status, 401);
  }
  assert.equal((await attempt(cloud, 'u', 'p', '10.0.0.1')).status, 401);
});

test('one address is turned away, name by name, with the time to wait', async () => {
  await using cloud = await startIdentity({ lockoutFailureAttempts: 0 });
  for (const name of ['demo', 'nobody at all']) {
    for (let count = 0; count < limits.failedLoginsPerName; count += 1) {
      assert.equal((await attempt(cloud, name, 'wrong', '10.0.0.1')).status, 401);
    }
    const refused = await cloud.nobody.post('/v3/auth/tokens', loginBody(name, 'wrong'));
    assert.equal(refused.status, 401);
    const limited = await attempt(cloud, name, 'wrong', '10.0.0.1');
    assert.equal(limited.status, 429);
    assert.equal(limited.headers['retry-after'], '60');
  }
  assert.equal((await attempt(cloud, 'demo', passwords.demo, '10.0.0.2')).status, 201);
  await cloud.clock.advance(minuteMs);
  assert.equal((await attempt(cloud, 'demo', passwords.demo, '10.0.0.1')).status, 201);
});

test('the answer over HTTP is 429 with Retry-After, and right passwords cost nothing', async () => {
  await using cloud = await startIdentity();
  for (let count = 0; count < 20; count += 1) {
    const right = await cloud.nobody.post('/v3/auth/tokens', loginBody('demo', passwords.demo));
    assert.equal(right.status, 201);
  }
  for (let count = 0; count < limits.failedLoginsPerName; count += 1) {
    await cloud.nobody.post('/v3/auth/tokens', loginBody('demo', 'wrong'));
  }
  const limited = await cloud.nobody.post('/v3/auth/tokens', loginBody('demo', passwords.demo));
  assert.equal(limited.status, 429);
  assert.equal(limited.headers.get('retry-after'), '60');
  assert.equal(limited.body.error.code, 429);
});

test('one address that tries many names is turned away too', async () => {
  await using cloud = await startIdentity();
  const throttle = new LoginThrottle(cloud.clock);
  for (let count = 0; count < limits.failedLoginsPerAddress; count += 1) {
    throttle.require(`name ${count}`, '10.0.0.1');
    throttle.failed(`name ${count}`, '10.0.0.1');
  }
  assert.throws(() => throttle.require('another', '10.0.0.1'), { status: 429 });
  throttle.require('another', '10.0.0.2');
});
