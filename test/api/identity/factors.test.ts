import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '#base/limits.ts';
import { decodeBase32, matchingStep, totpCode } from '#identity/logins/totp.ts';
import { type IdentityCloud, made, startIdentity } from './identity-cloud.ts';

const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const key = decodeBase32(secret) ?? Buffer.alloc(0);
const stepMs = 30_000;
const domain = { name: 'Default' };

function codeNow(cloud: IdentityCloud, steps = 0): string {
  return totpCode(key, Math.floor(cloud.clock.nowMs() / stepMs) + steps);
}

const byPassword = (name: string, password = 'p') => ({
  password: { user: { name, domain, password } },
});
const byTotp = (name: string, passcode: string) => ({
  totp: { user: { name, domain, passcode } },
});

function logIn(cloud: IdentityCloud, proofs: object, receipt?: string) {
  const identity = { methods: Object.keys(proofs), ...proofs };
  const headers = receipt === undefined ? {} : { 'openstack-auth-receipt': receipt };
  return cloud.nobody.post('/v3/auth/tokens', { auth: { identity } }, headers);
}

/** A user with a device that makes codes. */
async function withDevice(cloud: IdentityCloud, name: string, options: object = {}) {
  const id = await made(cloud.admin, 'users', { name, password: 'p', options });
  await made(cloud.admin, 'credentials', { user_id: id, type: 'totp', blob: secret });
  return id;
}

const both = { multi_factor_auth_rules: [['password', 'totp']] };

test('codes are those of RFC 6238', () => {
  // Appendix B, SHA-1, its last six digits.
  for (const [seconds, code] of [
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
  ] as const) {
    assert.equal(totpCode(key, Math.floor(seconds / 30)), code);
    assert.equal(
      matchingStep(secret.toLowerCase(), code, seconds * 1000),
      Math.floor(seconds / 30),
    );
  }
  assert.equal(matchingStep('not base 32!', '287082', 59_000), undefined);
  assert.equal(matchingStep('', '287082', 59_000), undefined);
  assert.equal(decodeBase32('MZXW6YTB OI======')?.toString(), 'foobar');
});

test('a code opens once, and the one before it is still good', async () => {
  await using cloud = await startIdentity();
  await withDevice(cloud, 'u');
  const code = codeNow(cloud);
  const answer = await logIn(cloud, byTotp('u', code));
  assert.equal(answer.status, 201);
  assert.deepEqual(answer.body.token.methods, ['totp']);
  assert.equal((await logIn(cloud, byTotp('u', code))).status, 401);
  // Neither may a code be used that is older than one that was.
  assert.equal((await logIn(cloud, byTotp('u', codeNow(cloud, -1)))).status, 401);
  await cloud.clock.advance(2 * stepMs);
  assert.equal((await logIn(cloud, byTotp('u', codeNow(cloud, -1)))).status, 201);
  await cloud.clock.advance(2 * stepMs);
  assert.equal((await logIn(cloud, byTotp('u', codeNow(cloud, -2)))).status, 401);
  assert.equal((await logIn(cloud, byTotp('u', codeNow(cloud, 1)))).status, 401);
});

test('of two who bring the same code at once, one gets in', async () => {
  await using cloud = await startIdentity();
  await withDevice(cloud, 'u');
  const proof = byTotp('u', codeNow(cloud));
  const answers = await Promise.all([1, 2, 3].map(() => logIn(cloud, proof)));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 401, 401]);
});

test('who must bring two factors gets a receipt for the first', async () => {
  await using cloud = await startIdentity();
  const id = await withDevice(cloud, 'u', both);
  const first = await logIn(cloud, byPassword('u'));
  assert.equal(first.status, 401);
  assert.equal(first.headers.get('x-subject-token'), null);
  assert.deepEqual(first.body.required_auth_methods, [['password', 'totp']]);
  assert.deepEqual(first.body.receipt.methods, ['password']);
  assert.deepEqual(first.body.receipt.user, {
    id,
    name: 'u',
    domain: { id: 'default', name: 'Default' },
  });
  const receipt = String(first.headers.get('openstack-auth-receipt'));
  assert.equal((await logIn(cloud, byTotp('u', '000000'), receipt)).status, 401);
  const second = await logIn(cloud, byTotp('u', codeNow(cloud)), receipt);
  assert.equal(second.status, 201);
  assert.deepEqual(second.body.token.methods, ['password', 'totp']);
  await cloud.clock.advance(stepMs);
  const atOnce = { ...byPassword('u'), ...byTotp('u', codeNow(cloud)) };
  assert.equal((await logIn(cloud, atOnce)).status, 201);
});

test('a receipt is no token, is one user’s, and ends with time and with the password', async () => {
  await using cloud = await startIdentity();
  const id = await withDevice(cloud, 'u', both);
  await withDevice(cloud, 'other', both);
  const receiptNow = async () =>
    String((await logIn(cloud, byPassword('u'))).headers.get('openstack-auth-receipt'));
  const receipt = await receiptNow();
  const shown = await cloud.nobody.get('/v3/projects', { 'x-auth-token': receipt });
  assert.equal(shown.status, 401);
  assert.equal((await logIn(cloud, byTotp('other', codeNow(cloud)), receipt)).status, 401);
  assert.equal((await logIn(cloud, byTotp('u', codeNow(cloud)), `${receipt}x`)).status, 401);
  await cloud.clock.advance(limits.receiptLifetimeMs);
  assert.equal((await logIn(cloud, byTotp('u', codeNow(cloud)), receipt)).status, 401);
  const later = await receiptNow();
  await cloud.admin.patch(`/v3/users/${id}`, { user: { password: 'p' } });
  await cloud.clock.advance(stepMs);
  assert.equal((await logIn(cloud, byTotp('u', codeNow(cloud)), later)).status, 401);
});

test('rules that are off or complete ask for nothing, and tokens are enough', async () => {
  await using cloud = await startIdentity();
  await withDevice(cloud, 'off', { ...both, multi_factor_auth_enabled: false });
  assert.equal((await logIn(cloud, byPassword('off'))).status, 201);
  const either = { multi_factor_auth_rules: [['totp'], ['password']] };
  await withDevice(cloud, 'either', either);
  assert.equal((await logIn(cloud, byPassword('either'))).status, 201);
  await withDevice(cloud, 'u', both);
  const proofs = { ...byPassword('u'), ...byTotp('u', codeNow(cloud)) };
  const token = String((await logIn(cloud, proofs)).headers.get('x-subject-token'));
  const exchanged = await logIn(cloud, { token: { id: token } });
  assert.equal(exchanged.status, 201);
  assert.deepEqual(exchanged.body.token.methods.sort(), ['password', 'token', 'totp']);
});

test('guessing codes locks the user, also for who knows the password', async () => {
  await using cloud = await startIdentity({ lockoutFailureAttempts: 3 });
  await withDevice(cloud, 'u', both);
  for (let count = 0; count < 3; count += 1) {
    const guess = { ...byPassword('u'), ...byTotp('u', '000000') };
    assert.equal((await logIn(cloud, guess)).status, 401);
    assert.equal((await logIn(cloud, byPassword('u'))).status, 401);
  }
  const right = { ...byPassword('u'), ...byTotp('u', codeNow(cloud)) };
  const locked = await logIn(cloud, right);
  assert.equal(locked.status, 401);
  assert.equal(locked.headers.get('openstack-auth-receipt'), null);
});

test('secrets of devices are in the database only sealed', async () => {
  await using cloud = await startIdentity();
  await withDevice(cloud, 'u');
  const { queries } = cloud.identity.context.database;
  const rows = await queries.selectFrom('credentials').selectAll().execute();
  assert.equal(rows.length, 1);
  assert.ok(!JSON.stringify(rows).includes(secret));
  assert.match(rows[0]?.sealed_blob ?? '', /^sealed1:/);
});
