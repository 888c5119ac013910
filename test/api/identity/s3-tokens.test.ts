import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { type IdentityCloud, startIdentity } from './identity-cloud.ts';

async function newKey(cloud: IdentityCloud): Promise<{ access: string; secret: string }> {
  const path = `/v3/users/${cloud.demo.userId}/credentials/OS-EC2`;
  const body = { tenant_id: cloud.demoProjectId };
  return (await cloud.demo.post(path, body)).body.credential;
}

function signV4(secret: string, text: string): string {
  let key: string | Buffer = `AWS4${secret}`;
  for (const part of (text.split('\n')[2] ?? '').split('/')) {
    key = createHmac('sha256', key).update(part).digest();
  }
  return createHmac('sha256', key).update(text).digest('hex');
}

const signV1 = (secret: string, text: string) =>
  createHmac('sha1', secret).update(text).digest('base64');

const basic = (ms: number) => new Date(ms).toISOString().replaceAll(/[-:]|\.\d+/g, '');

const stringV4 = (ms: number) => {
  const time = basic(ms);
  return `AWS4-HMAC-SHA256\n${time}\n${time.slice(0, 8)}/us/s3/aws4_request\n${'0'.repeat(64)}`;
};

const stringV1 = (date: string) => `GET\n\n\n${date}\n/bucket/object`;

test('an object store learns who signed, by either version, and nobody gets a token', async () => {
  await using cloud = await startIdentity();
  const { access, secret } = await newKey(cloud);
  const nowMs = cloud.clock.nowMs();
  const ask = (text: string, signature: string) => {
    const token = Buffer.from(text).toString('base64url');
    return cloud.admin.post('/v3/s3tokens', { credentials: { access, signature, token } });
  };
  const texts: [string, (secret: string, text: string) => string, boolean][] = [
    [stringV4(nowMs), signV4, true],
    [stringV4(nowMs - 3600_000), signV4, false],
    [stringV1(new Date(nowMs).toUTCString()), signV1, true],
    [stringV1(new Date(nowMs - 3600_000).toUTCString()), signV1, false],
    [stringV1(String(Math.floor(nowMs / 1000) + 60)), signV1, true],
    [stringV1(String(Math.floor(nowMs / 1000) - 60)), signV1, false],
    [stringV1(''), signV1, false],
  ];
  for (const [text, sign, isGood] of texts) {
    const answer = await ask(text, sign(secret, text));
    assert.equal(answer.status, isGood ? 200 : 401, text);
    assert.equal((await ask(text, sign('another', text))).status, 401, text);
    if (!isGood) continue;
    assert.equal(answer.body.token.user.id, cloud.demo.userId);
    assert.equal(answer.body.token.project.id, cloud.demoProjectId);
    assert.equal(answer.headers.get('x-subject-token'), null);
  }
  const { queries } = cloud.identity.context.database;
  const rows = await queries.selectFrom('tokens').select('methods').execute();
  assert.equal(
    rows.some(({ methods }) => methods.includes('ec2')),
    false,
  );
});

test('only services ask, with whole proofs, about keys that there are', async () => {
  await using cloud = await startIdentity();
  const { access, secret } = await newKey(cloud);
  const text = stringV4(cloud.clock.nowMs());
  const credentials = {
    access,
    signature: signV4(secret, text),
    token: Buffer.from(text).toString('base64'),
  };
  assert.equal((await cloud.demo.post('/v3/s3tokens', { credentials })).status, 403);
  assert.equal((await cloud.nobody.post('/v3/s3tokens', { credentials })).status, 401);
  assert.equal((await cloud.admin.post('/v3/s3tokens', {})).status, 400);
  const unknown = { credentials: { ...credentials, access: 'nobody' } };
  assert.equal((await cloud.admin.post('/v3/s3tokens', unknown)).status, 401);
  assert.equal((await cloud.admin.post('/v3/s3tokens', { credentials })).status, 200);
  assert.equal((await cloud.admin.get('/v3/s3tokens')).status, 405);
});

test('what Keystone removed is answered as Keystone answers', async () => {
  await using cloud = await startIdentity();
  for (const [path, status] of [
    ['OS-SIMPLE-CERT/ca', 410],
    ['OS-SIMPLE-CERT/certificates', 410],
    ['auth/tokens/OS-PKI/revoked', 403],
  ] as const) {
    const answer = await cloud.nobody.get(`/v3/${path}`);
    assert.equal(answer.status, status, path);
    assert.equal(answer.body.error.code, status);
    assert.equal((await cloud.nobody.request('HEAD', `/v3/${path}`)).status, status);
  }
});
