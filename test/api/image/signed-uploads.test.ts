import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { test } from 'node:test';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { askSigned, newKey, type SignedAsk, temporaryKey } from '#test/signing.ts';

const right = new Uint8Array(70_000).fill(1);
const other = new Uint8Array(70_000).fill(2);
const named = (bytes: Uint8Array) => ({ 'x-sdk-content-sha256': hash('sha256', bytes, 'hex') });
const wrong = /verify aksk signature fail$/;

async function prepare(cloud: TestCloud) {
  const key = await newKey(cloud.demo);
  const scope = { 'x-project-id': cloud.demo.projectId ?? '' };
  const body = { name: 'signed', disk_format: 'raw', container_format: 'bare' };
  const path = '/image/v2/images';
  const made = await askSigned(cloud.url, key, 'POST', path, { headers: scope, body });
  assert.equal(made.status, 201);
  const url = `${path}/${made.body.id}`;
  const upload = (headers: Record<string, string>, ask: SignedAsk = {}, by = key) => {
    const type = { 'content-type': 'application/octet-stream' };
    const asked = { body: right, ...ask, headers: { ...scope, ...type, ...headers } };
    return askSigned(cloud.url, by, 'PUT', `${url}/file`, asked);
  };
  const image = async () => (await cloud.demo.get(url)).body;
  return { upload, image };
}

test('an upload whose hash is signed fills an image', async () => {
  await using cloud = await startTestCloud();
  const { upload, image } = await prepare(cloud);
  assert.equal((await upload(named(right))).status, 204);
  const { status, os_hash_value, size } = await image();
  assert.deepEqual([status, size], ['active', right.length]);
  assert.equal(os_hash_value, hash('sha512', right, 'hex'));
});

test('bytes that are not those whose hash was signed leave the image without data', async () => {
  await using cloud = await startTestCloud();
  const { upload, image } = await prepare(cloud);
  const onItsWay: SignedAsk['onItsWay'] = (request) => ({ ...request, body: other });
  const short: SignedAsk['onItsWay'] = (request) => ({ ...request, body: right.subarray(1) });
  for (const [index, change] of [onItsWay, short].entries()) {
    // Tried twice in one second, it would be refused as a repetition.
    const atMs = Date.now() + index * 1000;
    const refused = await upload(named(right), { onItsWay: change, atMs });
    assert.equal(refused.status, 401);
    assert.match(refused.body.error_msg, wrong);
    const { status, checksum, size } = await image();
    assert.deepEqual([status, checksum, size], ['queued', null, null]);
  }
  const again = await upload(named(right), { atMs: Date.now() + 2000 });
  assert.equal(again.status, 204);
  assert.equal((await image()).status, 'active');
});

test('a hash that is another than the signed one is refused before a byte is kept', async () => {
  await using cloud = await startTestCloud();
  const { upload, image } = await prepare(cloud);
  const renamed: SignedAsk['onItsWay'] = (request) => ({
    ...request,
    headers: { ...request.headers, ...named(other) },
    body: other,
  });
  const refused = await upload(named(right), { onItsWay: renamed });
  assert.equal(refused.status, 401);
  assert.match(refused.body.error_msg, wrong);
  assert.equal((await image()).status, 'queued');
});

test('a stream may be left unsigned where its sender signs that it is', async () => {
  await using cloud = await startTestCloud();
  const { upload, image } = await prepare(cloud);
  const silent = await upload({});
  assert.equal(silent.status, 401);
  assert.match(silent.body.error_msg, /x-sdk-content-sha256/);
  assert.equal((await upload({ 'x-sdk-content-sha256': 'UNSIGNED-PAYLOAD' })).status, 204);
  assert.equal((await image()).status, 'active');
});

test('a temporary key uploads too', async () => {
  await using cloud = await startTestCloud();
  const { upload, image } = await prepare(cloud);
  const key = await temporaryKey(cloud.demo);
  assert.equal((await upload(named(right), {}, key)).status, 204);
  assert.equal((await image()).status, 'active');
});
