import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { startTestCloud } from '#test/cloud.ts';

const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });

/** The key and fingerprint of Nova's own API samples. */
const samplePublicKey =
  'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDx8nkQv/zgGgB4rMYmIf+6A4l6Rr+o/6lHBQdW5aYd44bd8JttDCE/' +
  'F/pNRr0lRE+PiqSPO8nDPHw0010JeMH9gYgnnFlyY3/OcJ02RhIPyyxYpv9FhY+2YiUkpwFOcLImyrxEsYXpD/0d3ac30' +
  'bNH6Sw9JD9UZHYcpSxsIbECHw== Generated-by-Nova';
const sampleFingerprint = '1e:2c:9b:56:79:4b:45:77:f9:ca:7a:98:2c:b0:d5:3c';

/** Made for these tests by OpenSSL; nobody holds its private key. */
const certificate = `-----BEGIN CERTIFICATE-----
MIIBdjCCARugAwIBAgIUNagTcY1WGFPzv06mY+iUdd3CaXswCgYIKoZIzj0EAwIw
DzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMjEwMzQ0NDZaGA8yMTI2MTAyODAzNDQ0
NlowDzENMAsGA1UEAwwEdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABETt
oLY6tfCywHW7lKiIjbVm6f63aUIwYAAwg2e2h5EzYoqx2L3vtlIwmN2sEBjQy56V
lOpYtX1DiN25xMBmLBejUzBRMB0GA1UdDgQWBBQlI2RuwxXVV5bvSZT+jE5k200p
rDAfBgNVHSMEGDAWgBQlI2RuwxXVV5bvSZT+jE5k200prDAPBgNVHRMBAf8EBTAD
AQH/MAoGCCqGSM49BAMCA0kAMEYCIQCz9lagZrsPMqc6tNJX4YffnIQkB8SkN/mq
EyFy/DBxJAIhAKb94rOjbQxwokP2/zMfBbIS+N9kmnfAqsUA/cktfJRg
-----END CERTIFICATE-----
`;
const certificateFingerprint = '66:64:0a:dd:64:9c:73:93:84:b2:a8:a7:0e:73:96:6d:ca:c6:bf:d7';

const path = '/v2.1/os-keypairs';
const importing = (name: string, more: object = {}) => ({
  keypair: { name, public_key: samplePublicKey, ...more },
});

test('an imported key is kept as it came, with its MD5 fingerprint', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const created = await demo.post(path, importing('mine'), at('2.2'));
  assert.equal(created.status, 201);
  const expected = {
    name: 'mine',
    type: 'ssh',
    public_key: samplePublicKey,
    fingerprint: sampleFingerprint,
    user_id: demo.userId,
  };
  assert.deepEqual(created.body, { keypair: expected });
  const shown = await demo.get(`${path}/mine`, at('2.2'));
  assert.equal(shown.status, 200);
  const { created_at: createdAt, id, ...rest } = shown.body.keypair;
  assert.match(createdAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/);
  assert.equal(typeof id, 'number');
  assert.deepEqual(rest, { ...expected, deleted: false, updated_at: null, deleted_at: null });
  const { user_id: _, ...listed } = expected;
  const list = await demo.get(path, at('2.2'));
  assert.deepEqual(list.body, { keypairs: [{ keypair: listed }] });
});

test('before 2.2 keys have no type, creation answers 200 and deletion 202', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  for (const surface of ['/v2', '/v2.1', `/v2.1/${demo.projectId}`]) {
    const created = await demo.post(`${surface}/os-keypairs`, importing('old'));
    assert.equal(created.status, 200);
    assert.equal('type' in created.body.keypair, false);
    assert.equal((await demo.delete(`${surface}/os-keypairs/old`)).status, 202);
  }
  assert.equal((await demo.post(path, importing('old', { type: 'ssh' }))).status, 400);
  await demo.post(path, importing('new'), at('2.2'));
  assert.equal((await demo.delete(`${path}/new`, at('2.2'))).status, 204);
});

test('without a public key a pair is made, whose private half is shown once', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const created = await demo.post(path, { keypair: { name: 'made' } }, at('2.2'));
  assert.equal(created.status, 201);
  const { public_key: publicKey, private_key: privateKey, fingerprint } = created.body.keypair;
  assert.match(privateKey, /^-----BEGIN RSA PRIVATE KEY-----\n/);
  assert.match(publicKey, /^ssh-rsa AAAAB3NzaC1yc2E\S+ Generated-by-Nova\n$/);
  assert.match(fingerprint, /^([0-9a-f]{2}:){15}[0-9a-f]{2}$/);
  // The public line holds the modulus of the private key.
  const jwk = createPublicKey(createPrivateKey(privateKey)).export({ format: 'jwk' });
  const modulus = Buffer.from(jwk.n ?? '', 'base64url');
  const blob = Buffer.from(publicKey.split(' ')[1], 'base64');
  assert.ok(blob.subarray(-modulus.length).equals(modulus));
  const shown = await demo.get(`${path}/made`, at('2.2'));
  assert.equal('private_key' in shown.body.keypair, false);
});

test('since 2.92 keys are only imported, under more names', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const newest = at('2.92');
  const missing = await demo.post(path, { keypair: { name: 'made' } }, newest);
  assert.equal(missing.status, 400);
  assert.match(missing.body.badRequest.message, /"public_key" is a required property/);
  const name = 'me.and.myself@this.nice.domain.com mooh.';
  assert.equal((await demo.post(path, importing(name), newest)).status, 201);
  assert.equal((await demo.get(`${path}/${encodeURIComponent(name)}`, newest)).status, 200);
  assert.equal((await demo.post(path, importing('a@b'), at('2.91'))).status, 400);
});

/** Fingerprints as `ssh-keygen -l -E md5` prints them. */
const otherKeys = [
  {
    key:
      'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILfYq0gGIGRWO3IzoCnkHMMvtWv/9gTRUXjAMH1PrqTS' + ' test',
    fingerprint: '1d:20:9e:eb:fb:3a:b0:f0:3b:08:ac:d2:23:e2:8f:bb',
  },
  {
    key:
      'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBIZbCz7t' +
      'sU/+9O/re7kK2EoNpKJ9fUp+0bUd0leagzgx3KY0LfjHYdKATk9ScHcgPo6QFPRZXoN8cYJei20wK2k=' +
      '\n',
    fingerprint: '34:9e:4a:ca:57:95:6c:fb:bb:58:6e:81:16:22:8a:61',
  },
  {
    key:
      'ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBAAR7nmE' +
      '86WeEvqOdDuTfz/adTO0Wxa57fTfvWiZ6AbRaXdVORzRebra/9kLHCIoTcVGAvLJWohsR0H0luZymVyy' +
      'QgFhHN9I4t6p3UwvEFKvFHb3qoGeZfi9bD46gdmm9EGjv1uKMpyV0xYKLCOB9788av5qr0y5r0zy3yPm' +
      'dXslhu9qGw== test',
    fingerprint: '9d:7c:1c:31:01:c7:24:ba:52:ac:3a:8f:fc:36:fb:4f',
  },
];

test('keys on elliptic curves are imported, but not with a point beside the curve', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  for (const [index, { key, fingerprint }] of otherKeys.entries()) {
    const created = await demo.post(path, importing(`key${index}`, { public_key: key }));
    assert.equal(created.status, 200);
    assert.equal(created.body.keypair.fingerprint, fingerprint);
    assert.equal(created.body.keypair.public_key, key);
  }
  const beside = (otherKeys[1]?.key ?? '').replace('wK2k=', 'wK2o=');
  assert.equal((await demo.post(path, importing('beside', { public_key: beside }))).status, 400);
});

test('certificates are imported with their SHA-1 fingerprint', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const body = { keypair: { name: 'windows', type: 'x509', public_key: certificate } };
  const created = await demo.post(path, body, at('2.2'));
  assert.equal(created.status, 201);
  assert.equal(created.body.keypair.type, 'x509');
  assert.equal(created.body.keypair.fingerprint, certificateFingerprint);
  const asKey = { keypair: { name: 'other', type: 'ssh', public_key: certificate } };
  assert.equal((await demo.post(path, asKey, at('2.2'))).status, 400);
});

test('without a certificate one is made, and shown once with its key', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const body = { keypair: { name: 'made', type: 'x509' } };
  const created = await demo.post(path, body, at('2.2'));
  assert.equal(created.status, 201, JSON.stringify(created.body));
  const { public_key: pem, private_key: bundle, fingerprint, type } = created.body.keypair;
  const made = new X509Certificate(pem);
  assert.equal(made.subject, `CN=${demo.userId}`);
  assert.equal(made.fingerprint.toLowerCase(), fingerprint);
  assert.equal(made.verify(made.publicKey), true);
  assert.equal(type, 'x509');
  // The outermost sequence of PKCS #12, version 3.
  const bytes = Buffer.from(bundle, 'base64');
  assert.equal(bytes.subarray(4, 7).toString('hex'), '020103');
  const shown = await demo.get(`${path}/made`, at('2.2'));
  assert.equal('private_key' in shown.body.keypair, false);
  assert.equal((await demo.post(path, body, at('2.92'))).status, 400);
});

test('what is no key or no name is 400', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const [type, blob = ''] = samplePublicKey.split(' ');
  const keys = ['', 'nonsense', `ssh-ed25519 ${blob}`, `${type} ${blob.slice(0, -12)}`, `${type}`];
  for (const publicKey of keys) {
    const answer = await demo.post(path, importing('bad', { public_key: publicKey }), at('2.2'));
    assert.equal(answer.status, 400, publicKey);
    const sentence = 'Keypair data is invalid: failed to generate fingerprint';
    assert.equal(answer.body.badRequest.message, sentence);
  }
  for (const name of ['', ' a', 'a ', 'a/b', 'ä', 'a\u0000', 'x'.repeat(256), 7, null]) {
    const body = { keypair: { name, public_key: samplePublicKey } };
    assert.equal((await demo.post(path, body)).status, 400, JSON.stringify(name));
  }
  assert.equal((await demo.post(path, importing('a', { type: 'pgp' }), at('2.2'))).status, 400);
  assert.equal((await demo.post(path, importing('a', { color: 'red' }))).status, 400);
  assert.equal((await demo.post(path, {})).status, 400);
});

test('a name is taken once per user', async () => {
  await using cloud = await startTestCloud();
  const { demo, admin } = cloud;
  await demo.post(path, importing('mine'));
  const again = await demo.post(path, importing('mine'));
  assert.equal(again.status, 409);
  assert.equal(again.body.conflictingRequest.message, "Key pair 'mine' already exists.");
  assert.equal((await admin.post(path, importing('mine'))).status, 200);
});

test('a user has as many key pairs as the quota allows', async () => {
  await using cloud = await startTestCloud({ quota: { keyPairs: 2 } });
  const { demo, admin } = cloud;
  await demo.post(path, importing('one'));
  await demo.post(path, importing('two'));
  const third = await demo.post(path, importing('three'));
  assert.equal(third.status, 403);
  assert.equal(third.body.forbidden.message, 'Quota exceeded, too many key pairs.');
  assert.equal((await admin.post(path, importing('one'))).status, 200);
});

test('key pairs belong to users, not to projects', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const colleague = await cloud.userOf('demo', 'member');
  await demo.post(path, importing('mine'));
  assert.deepEqual((await colleague.get(path)).body, { keypairs: [] });
  const hidden = await colleague.get(`${path}/mine`);
  assert.equal(hidden.status, 404);
  assert.equal((await colleague.delete(`${path}/mine`)).status, 404);
  const named = `user_id=${demo.userId}`;
  assert.equal((await colleague.get(`${path}/mine?${named}`, at('2.10'))).status, 404);
  assert.equal((await colleague.get(`${path}?${named}`, at('2.10'))).status, 403);
  const forDemo = importing('gift', { user_id: demo.userId });
  assert.equal((await colleague.post(path, forDemo, at('2.10'))).status, 403);
});

test('administrators name the user whose keys they mean since 2.10', async () => {
  await using cloud = await startTestCloud();
  const { demo, admin } = cloud;
  const named = `user_id=${demo.userId}`;
  const gift = await admin.post(path, importing('gift', { user_id: demo.userId }), at('2.10'));
  assert.equal(gift.status, 201);
  assert.equal(gift.body.keypair.user_id, demo.userId);
  assert.equal((await demo.get(`${path}/gift`)).status, 200);
  assert.equal((await admin.get(`${path}/gift?${named}`, at('2.10'))).status, 200);
  assert.equal((await admin.get(`${path}/gift?${named}`, at('2.9'))).status, 404);
  assert.equal((await admin.get(`${path}?${named}`, at('2.10'))).body.keypairs.length, 1);
  assert.equal((await admin.get(`${path}?${named}`, at('2.9'))).body.keypairs.length, 0);
  assert.equal((await admin.delete(`${path}/gift?${named}`, at('2.10'))).status, 204);
  assert.equal((await demo.get(`${path}/gift`)).status, 404);
});

test('lists have pages since 2.35', async () => {
  await using cloud = await startTestCloud();
  const { demo, url } = cloud;
  for (const name of ['c', 'a', 'b']) await demo.post(path, importing(name));
  const names = (body: { keypairs: { keypair: { name: string } }[] }) =>
    body.keypairs.map(({ keypair }) => keypair.name);
  const first = await demo.get(`${path}?limit=2`, at('2.35'));
  assert.deepEqual(names(first.body), ['a', 'b']);
  const [next] = first.body.keypairs_links;
  assert.deepEqual(next, { rel: 'next', href: `${url}${path}?limit=2&marker=b` });
  const second = await demo.get(next.href.slice(url.length), at('2.35'));
  assert.deepEqual(names(second.body), ['c']);
  assert.equal(second.body.keypairs_links, undefined);
  assert.equal((await demo.get(`${path}?marker=x`, at('2.35'))).status, 400);
  assert.equal((await demo.get(`${path}?limit=x`, at('2.35'))).status, 400);
  assert.deepEqual(names((await demo.get(`${path}?limit=1`, at('2.34'))).body), ['a', 'b', 'c']);
});

test('readers read key pairs and change none; nobody may do either', async () => {
  await using cloud = await startTestCloud();
  const reader = await cloud.userOf('demo', 'reader');
  assert.equal((await reader.get(path)).status, 200);
  assert.equal((await reader.post(path, importing('mine'))).status, 403);
  assert.equal((await reader.delete(`${path}/mine`)).status, 403);
  assert.equal((await cloud.nobody.get(path)).status, 401);
  assert.equal((await cloud.nobody.post(path, importing('mine'))).status, 401);
});
