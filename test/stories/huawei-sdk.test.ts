import assert from 'node:assert/strict';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { systemClock } from '#base/clock.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { ecsClient, ecsClientOfRegion, iamClient } from '#test/huawei-sdk.ts';
import { makeImage } from '#test/servers.ts';
import { newKey } from '#test/signing.ts';

/** Passes everything on; a body that holds the one text arrives with the other, equally long. */
async function openProxy(target: string, from = '', to = '') {
  const kept: { method: string; path: string; headers: object; body: Buffer }[] = [];
  const proxy = createServer(async (asked, answer) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of asked) chunks.push(chunk as Uint8Array);
    const body = Buffer.from(Buffer.concat(chunks).toString().replace(from, to));
    const { method = '', url: path = '', headers } = asked;
    kept.push({ method, path, headers, body });
    const onward = request(target + path, { method, headers, agent: false }, (made) => {
      answer.writeHead(made.statusCode ?? 502, made.headers);
      made.pipe(answer);
    });
    onward.end(body);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const close = () => new Promise<void>((resolve) => proxy.close(() => resolve()));
  return { url, kept, [Symbol.asyncDispose]: close };
}

async function refusalOf(asked: Promise<unknown>) {
  const refusal = await asked.then(
    () => assert.fail('it was not refused'),
    (error: unknown) => error,
  );
  const { httpStatusCode, errorCode, errorMsg, requestId } = refusal as Record<string, unknown>;
  return { httpStatusCode, errorCode, errorMsg: String(errorMsg), requestId: String(requestId) };
}

async function prepare(cloud: TestCloud) {
  const imageRef = await makeImage(cloud.admin, { name: 'tiny', visibility: 'public' });
  const { body } = await cloud.demo.get('/network/v2.0/networks?name=private');
  const networks = [{ uuid: body.networks[0].id }];
  const serverOf = (name: string) => ({
    body: { server: { name, imageRef, flavorRef: '1', networks } },
  });
  const key = await newKey(cloud.demo);
  const ecs = ecsClient(cloud.url, key, cloud.demo.projectId ?? '');
  return { key, ecs, serverOf };
}

async function serverNames(cloud: TestCloud): Promise<string[]> {
  const { body } = await cloud.demo.get('/v2.1/servers');
  return body.servers.map(({ name }: { name: string }) => name);
}

test('Huawei’s SDK creates, lists, shows and deletes a server by an access key', async () => {
  await using cloud = await startTestCloud();
  const { ecs, serverOf } = await prepare(cloud);
  const made = await ecs.novaCreateServers?.(serverOf('by-sdk'));
  assert.equal(made?.httpStatusCode, 202);
  const { id } = made?.server ?? {};
  await cloud.cloud.services.operations.whenIdle();
  const listed = await ecs.novaListServersDetails?.({ limit: 5, name: 'by-sdk' });
  assert.deepEqual(
    listed?.servers.map((server: { id: string; status: string }) => [server.id, server.status]),
    [[id, 'ACTIVE']],
  );
  const shown = await ecs.novaShowServer?.({
    server_id: id,
    'OpenStack-API-Version': 'compute 2.26',
  });
  assert.equal(shown?.server.name, 'by-sdk');
  assert.equal((await ecs.novaDeleteServer?.({ server_id: id }))?.httpStatusCode, 204);
  await cloud.cloud.services.operations.whenIdle();
  assert.deepEqual(await serverNames(cloud), []);
});

test('blanks in names, zones and flavors are signed right by the SDK', async () => {
  await using cloud = await startTestCloud();
  const { ecs } = await prepare(cloud);
  const made = await ecs.novaCreateKeypair?.({ body: { keypair: { name: 'my key' } } });
  assert.match(made?.keypair.private_key, /PRIVATE KEY/);
  assert.equal((await ecs.novaListKeypairs?.({}))?.keypairs.length, 1);
  const shown = await ecs.novaShowKeypair?.({ keypair_name: 'my key' });
  assert.equal(shown?.keypair.name, 'my key');
  await ecs.novaDeleteKeypair?.({ keypair_name: 'my key' });
  assert.deepEqual((await ecs.novaListKeypairs?.({}))?.keypairs, []);
  const zones = await ecs.novaListAvailabilityZones?.({});
  assert.equal(zones?.availabilityZoneInfo[0].zoneName, 'nova');
  const specs = await ecs.novaShowFlavorExtraSpecs?.({ flavor_id: '1' });
  assert.deepEqual(specs?.extra_specs, {});
  assert.equal((await ecs.novaListVersions?.({}))?.versions.length, 2);
});

test('without a project the SDK finds the one that is called like its region', async () => {
  await using cloud = await startTestCloud();
  const { key, serverOf } = await prepare(cloud);
  const ecs = ecsClientOfRegion(cloud.url, key, 'demo');
  assert.equal((await ecs.novaCreateServers?.(serverOf('of-region')))?.httpStatusCode, 202);
  assert.deepEqual(await serverNames(cloud), ['of-region']);
});

test('the SDK of IAM looks for projects and manages keys', async () => {
  await using cloud = await startTestCloud();
  const { key } = await prepare(cloud);
  const iam = iamClient(cloud.url, await newKey(cloud.admin), 'default');
  const found = await iam.keystoneListProjects?.({ name: 'demo' });
  assert.equal(found?.projects[0].id, cloud.demo.projectId);
  const listed = await iam.listPermanentAccessKeys?.({ user_id: cloud.demo.userId });
  assert.equal(listed?.credentials[0].access, key.access);
  const members = { user_id: cloud.demo.userId, description: 'second' };
  const made = await iam.createPermanentAccessKey?.({ body: { credential: members } });
  const { access } = made?.credential ?? {};
  const change = { credential: { status: 'inactive' } };
  const changed = await iam.updatePermanentAccessKey?.({ access_key: access, body: change });
  assert.equal(changed?.credential.status, 'inactive');
  const shown = await iam.showPermanentAccessKey?.({ access_key: access });
  assert.equal(shown?.credential.description, 'second');
  await iam.deletePermanentAccessKey?.({ access_key: access });
  const third = await refusalOf(
    iam.showPermanentAccessKey?.({ access_key: access }) ?? Promise.resolve(),
  );
  assert.equal(third.httpStatusCode, 404);
});

test('Huawei’s SDK works by a temporary key that it took, as far as its policy goes', async () => {
  await using cloud = await startTestCloud();
  const { key, serverOf } = await prepare(cloud);
  const iam = iamClient(cloud.url, key, 'default');
  const take = async (policy?: object) => {
    const token = { duration_seconds: 1800 };
    const identity = { methods: ['token'], token, ...(policy && { policy }) };
    const made = await iam.createTemporaryAccessKeyByToken?.({ body: { auth: { identity } } });
    assert.equal(made?.httpStatusCode, 201);
    const { access, secret, securitytoken: securityToken } = made?.credential ?? {};
    return ecsClient(cloud.url, { access, secret, securityToken }, cloud.demo.projectId ?? '');
  };
  const whole = await take();
  assert.equal((await whole.novaCreateServers?.(serverOf('passing')))?.httpStatusCode, 202);
  const looks = { Effect: 'Allow', Action: ['ecs:*:get*', 'ecs:*:list*'] };
  const looking = await take({ Version: '1.1', Statement: [looks] });
  assert.equal((await looking.novaListServers?.({}))?.servers.length, 1);
  const refused = await refusalOf(
    looking.novaCreateServers?.(serverOf('more')) ?? Promise.resolve(),
  );
  assert.equal(refused.httpStatusCode, 403);
  assert.deepEqual(await serverNames(cloud), ['passing']);
});

test('the SDK is told why it is refused with a wrong key, and nothing is done', async () => {
  await using cloud = await startTestCloud();
  const { key, serverOf } = await prepare(cloud);
  const wrong = ecsClient(cloud.url, { ...key, secret: 'wrong' }, cloud.demo.projectId ?? '');
  const refusal = await refusalOf(wrong.novaCreateServers?.(serverOf('x')) ?? Promise.resolve());
  assert.equal(refusal.httpStatusCode, 401);
  assert.equal(refusal.errorCode, 'APIGW.0301');
  assert.match(refusal.errorMsg, /verify aksk signature fail$/);
  assert.match(refusal.requestId, /^req-/);
  assert.deepEqual(await serverNames(cloud), []);
});

test('a body that somebody changes between the SDK and the cloud is refused', async () => {
  await using cloud = await startTestCloud();
  const { key, serverOf } = await prepare(cloud);
  await using proxy = await openProxy(cloud.url, 'honest', 'forged');
  const ecs = ecsClient(proxy.url, key, cloud.demo.projectId ?? '');
  assert.equal((await ecs.novaCreateServers?.(serverOf('plain')))?.httpStatusCode, 202);
  const forged = await refusalOf(ecs.novaCreateServers?.(serverOf('honest')) ?? Promise.resolve());
  assert.equal(forged.errorCode, 'APIGW.0301');
  assert.deepEqual(await serverNames(cloud), ['plain']);
});

test('what the SDK signed does nothing a second time', async () => {
  await using cloud = await startTestCloud();
  const { key, serverOf } = await prepare(cloud);
  await using proxy = await openProxy(cloud.url);
  const ecs = ecsClient(proxy.url, key, cloud.demo.projectId ?? '');
  assert.equal((await ecs.novaCreateServers?.(serverOf('once')))?.httpStatusCode, 202);
  const [recorded] = proxy.kept;
  assert.ok(recorded);
  const { method, path, headers, body } = recorded;
  const again = await fetchRaw(cloud.url + path, { method, headers }, body);
  assert.equal(again.status, 401);
  assert.match(again.text, /used before/);
  assert.deepEqual(await serverNames(cloud), ['once']);
});

test('what the SDK signed a quarter of an hour ago is refused', async () => {
  const aheadMs = 16 * 60_000;
  const clock = { ...systemClock, nowMs: () => Date.now() + aheadMs };
  await using cloud = await startTestCloud({ clock });
  const { ecs } = await prepare(cloud);
  const refusal = await refusalOf(ecs.novaListServers?.({}) ?? Promise.resolve());
  assert.equal(refusal.httpStatusCode, 401);
  assert.match(refusal.errorMsg, /signature expired$/);
});

function fetchRaw(url: string, options: object, body: Uint8Array) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const asked = request(url, { ...options, agent: false }, async (answer) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of answer) chunks.push(chunk as Uint8Array);
      resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
