import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '#base/limits.ts';
import { logIn } from '#test/client.ts';
import { passwords, startIdentity } from './identity-cloud.ts';

test('administrators may ask what a token was that ended lately, and nobody else', async () => {
  await using cloud = await startIdentity();
  const subject = { 'x-subject-token': cloud.demo.token ?? '' };
  await cloud.clock.advance(limits.tokenLifetimeMs);
  const admin = await logIn(cloud.url, 'admin', passwords.admin, 'admin');
  const demo = await logIn(cloud.url, 'demo', passwords.demo, 'demo');
  const path = '/v3/auth/tokens';
  assert.equal((await admin.get(path, subject)).status, 404);
  assert.equal((await admin.get(`${path}?allow_expired=0`, subject)).status, 404);
  const shown = await admin.get(`${path}?allow_expired=1`, subject);
  assert.equal(shown.status, 200);
  assert.equal(shown.body.token.user.name, 'demo');
  assert.equal((await demo.get(`${path}?allow_expired=1`, subject)).status, 404);
  // It opens nothing, and cannot be exchanged.
  const old = await cloud.demo.get('/v3/auth/projects?allow_expired=1');
  assert.equal(old.status, 401);
  const identity = { methods: ['token'], token: { id: cloud.demo.token } };
  assert.equal((await cloud.nobody.post(path, { auth: { identity } })).status, 401);
});

test('a token that was revoked is not shown as one that expired', async () => {
  await using cloud = await startIdentity();
  const subject = { 'x-subject-token': cloud.demo.token ?? '' };
  await cloud.demo.delete('/v3/auth/tokens', subject);
  const shown = await cloud.admin.get('/v3/auth/tokens?allow_expired=1', subject);
  assert.equal(shown.status, 404);
});

test('revoking a token leaves those that came from it, which say so', async () => {
  await using cloud = await startIdentity();
  const identity = { methods: ['token'], token: { id: cloud.demo.token } };
  const child = await cloud.nobody.post('/v3/auth/tokens', { auth: { identity } });
  const grandchild = await cloud.nobody.post('/v3/auth/tokens', {
    auth: {
      identity: { methods: ['token'], token: { id: child.headers.get('x-subject-token') } },
    },
  });
  const parent = (
    await cloud.demo.get('/v3/auth/tokens', { 'x-subject-token': cloud.demo.token ?? '' })
  ).body.token;
  assert.deepEqual(child.body.token.audit_ids.slice(1), parent.audit_ids);
  assert.deepEqual(grandchild.body.token.audit_ids.slice(1), parent.audit_ids);
  assert.equal(grandchild.body.token.expires_at, parent.expires_at);
  await cloud.demo.delete('/v3/auth/tokens', { 'x-subject-token': cloud.demo.token ?? '' });
  const headers = { 'x-auth-token': String(child.headers.get('x-subject-token')) };
  assert.equal((await cloud.nobody.get('/v3/auth/projects', headers)).status, 200);
});
