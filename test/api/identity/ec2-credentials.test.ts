import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { test } from 'node:test';
import { isSignedBy, type SignedRequest } from '#identity/ec2/signature.ts';
import type { Client } from '#test/client.ts';
import { askForCredential, clientOf, credentialOf, isValid, robotOf } from './delegations.ts';
import { type IdentityCloud, startIdentity } from './identity-cloud.ts';
import { actorOf, askForTrust, stranger, trustOf } from './trusting.ts';

const emptyHash = createHash('sha256').digest('hex');

/** Amazon's own example of version 4. */
const listUsers: SignedRequest = {
  verb: 'GET',
  host: 'iam.amazonaws.com',
  path: '/',
  params: { Action: 'ListUsers', Version: '2010-05-08' },
  headers: {
    'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8',
    Host: 'iam.amazonaws.com',
    'X-Amz-Date': '20150830T123600Z',
    Authorization:
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, ' +
      'SignedHeaders=content-type;host;x-amz-date, Signature=in-the-member',
  },
  bodyHash: emptyHash,
  signature: '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
};

test('signatures of version 4 are checked over all that they cover', () => {
  const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
  assert.equal(isSignedBy(secret, listUsers), true);
  assert.equal(isSignedBy('another', listUsers), false);
  const later = { ...listUsers.headers, 'X-Amz-Date': '20150830T133600Z' };
  for (const change of [
    { verb: 'POST' },
    { path: '/more' },
    { params: { Action: 'DeleteUsers' } },
    { headers: later },
    { headers: {} },
    { bodyHash: 'other' },
    { signature: '' },
  ]) {
    assert.equal(isSignedBy(secret, { ...listUsers, ...change }), false, JSON.stringify(change));
  }
});

test('signatures of version 2 are checked as the OpenStack client makes them', () => {
  const request: SignedRequest = {
    verb: 'GET',
    host: 'cloud.example:8773',
    path: '/services/Cloud',
    params: {
      SignatureVersion: '2',
      Timestamp: '2026-01-01T00:00:00Z',
      Action: "ListAll (it's) *~",
      AWSAccessKeyId: 'key',
      B: 'ü/&=',
    },
    headers: {},
    bodyHash: '',
    signature: 'Lonx2JbY9BCgrZHw/6cTDQqgr/XivpI4rvWBUcXpsag=',
  };
  assert.equal(isSignedBy('secret', request), true);
  assert.equal(isSignedBy('other', request), false);
  const params = { ...request.params, SignatureVersion: '1' };
  assert.equal(isSignedBy('secret', { ...request, params }), false);
});

interface Pair {
  access: string;
  secret: string;
}

function askForPair(client: Client, projectId: string | undefined, userId = client.userId) {
  return client.post(`/v3/users/${userId}/credentials/OS-EC2`, { tenant_id: projectId });
}

async function pairOf(client: Client): Promise<Pair> {
  const answer = await askForPair(client, client.projectId);
  assert.equal(answer.status, 201);
  return answer.body.credential;
}

function signedBy(pair: Pair, date: string): object {
  const day = date.slice(0, 8);
  const names = 'host;x-amz-date';
  const canonical = `GET\n/\n\nhost:s3.example\nx-amz-date:${date}\n\n${names}\n${emptyHash}`;
  const digest = createHash('sha256').update(canonical).digest('hex');
  const scope = `${day}/r/s3/aws4_request`;
  let key: string | Buffer = `AWS4${pair.secret}`;
  for (const part of [day, 'r', 's3', 'aws4_request']) {
    key = createHmac('sha256', key).update(part).digest();
  }
  const text = `AWS4-HMAC-SHA256\n${date}\n${scope}\n${digest}`;
  const signature = createHmac('sha256', key).update(text).digest('hex');
  const Authorization =
    `AWS4-HMAC-SHA256 Credential=${pair.access}/${scope}, ` +
    `SignedHeaders=${names}, Signature=${signature}`;
  const headers = { Host: 's3.example', 'X-Amz-Date': date, Authorization };
  const request = { verb: 'GET', host: 's3.example', path: '/', params: {}, headers };
  return { credentials: { access: pair.access, signature, ...request, body_hash: emptyHash } };
}

function logInBy(cloud: IdentityCloud, pair: Pair, agoMs = 0, as = cloud.admin) {
  const iso = new Date(cloud.clock.nowMs() - agoMs).toISOString();
  const date = `${iso.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  return as.post('/v3/ec2tokens', signedBy(pair, date));
}

test('a pair of keys is made, shown to its owner with its secret, and deleted', async () => {
  await using cloud = await startIdentity();
  const { access, secret } = await pairOf(cloud.demo);
  const list = `/v3/users/${cloud.demo.userId}/credentials/OS-EC2`;
  const shown = await cloud.demo.get(`${list}/${access}`);
  assert.equal(shown.body.credential.tenant_id, cloud.demoProjectId);
  const { body } = await cloud.demo.get(list);
  assert.equal(body.credentials[0].access, access);
  assert.deepEqual([shown.body.credential.secret, body.credentials[0].secret], [secret, secret]);
  const robot = await robotOf(cloud, await credentialOf(cloud.demo, { unrestricted: true }));
  for (const other of [cloud.admin, robot]) {
    const answers = [await other.get(`${list}/${access}`), await other.get(list)];
    for (const { status, body } of answers) {
      assert.equal(status, 200);
      assert.ok(JSON.stringify(body).includes(access));
      assert.equal(JSON.stringify(body).includes(secret), false);
    }
  }
  const sam = await cloud.userWith('member', 'sam');
  assert.equal((await sam.get(`${list}/${access}`)).status, 404);
  assert.equal((await sam.delete(`${list}/${access}`)).status, 404);
  assert.equal((await askForPair(sam, cloud.demoProjectId, cloud.demo.userId)).status, 404);
  assert.equal((await askForPair(cloud.demo, 'none')).status, 404);
  assert.equal((await cloud.demo.delete(`${list}/${access}`)).status, 204);
  assert.equal((await cloud.demo.get(`${list}/${access}`)).status, 404);
});

test('a service gets a token for who signed, which ends with the keys', async () => {
  await using cloud = await startIdentity();
  const pair = await pairOf(cloud.demo);
  const answer = await logInBy(cloud, pair);
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.body.token.methods, ['ec2credential']);
  assert.equal(answer.body.token.user.id, cloud.demo.userId);
  const signer = clientOf(cloud, answer);
  assert.equal(await isValid(signer), true);
  assert.equal((await logInBy(cloud, { ...pair, secret: 'other' })).status, 401);
  assert.equal((await logInBy(cloud, { ...pair, access: 'other' })).status, 401);
  await cloud.demo.delete(`/v3/users/${cloud.demo.userId}/credentials/OS-EC2/${pair.access}`);
  assert.equal(await isValid(signer), false);
  assert.equal((await logInBy(cloud, pair)).status, 401);
});

test('who overheard a signed request can not log in with it, at once or later', async () => {
  await using cloud = await startIdentity();
  const pair = await pairOf(cloud.demo);
  assert.equal((await logInBy(cloud, pair, 0, cloud.demo)).status, 403);
  assert.equal((await logInBy(cloud, pair, 0, cloud.nobody)).status, 401);
  assert.equal((await logInBy(cloud, pair, 16 * 60_000)).status, 401);
  assert.equal((await logInBy(cloud, pair, -16 * 60_000)).status, 401);
});

test('no delegation makes or changes EC2 keys, which have all that their user has', async () => {
  await using cloud = await startIdentity();
  const tess = await stranger(cloud, 'tess');
  const pair = await pairOf(cloud.demo);
  const trust = await trustOf(cloud, cloud.demo, tess, { impersonation: true });
  const holders = [
    await robotOf(cloud, await credentialOf(cloud.demo, { unrestricted: true })),
    await actorOf(cloud, tess, trust),
    clientOf(cloud, await logInBy(cloud, pair)),
  ];
  const { body } = await cloud.demo.get('/v3/credentials');
  const path = `/v3/credentials/${body.credentials[0].id}`;
  for (const holder of holders) {
    assert.equal((await askForPair(holder, holder.projectId)).status, 403);
    const blob = JSON.stringify({ access: 'a', secret: 's' });
    const credential = { type: 'ec2', blob, project_id: holder.projectId };
    assert.equal((await holder.post('/v3/credentials', { credential })).status, 403);
    assert.equal((await holder.patch(path, { credential: { blob } })).status, 403);
    assert.equal((await holder.delete(path)).status, 403);
  }
  const [, , signer] = holders;
  assert.ok(signer);
  assert.equal((await askForCredential(signer, { name: 'more' })).status, 403);
  assert.equal((await askForTrust(cloud, signer, tess)).status, 403);
  const identity = { methods: ['token'], token: { id: signer.token } };
  assert.equal((await cloud.nobody.post('/v3/auth/tokens', { auth: { identity } })).status, 403);
});
