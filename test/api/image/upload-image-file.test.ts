import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { after, before, describe, test } from 'node:test';
import type { Client } from '#test/client.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { createActiveImage, createImage, imagesPath, makeQcow2, patch, upload } from './images.ts';

describe('PUT /v2/images/{image_id}/file', () => {
  let cloud: TestCloud;
  before(async () => {
    cloud = await startTestCloud();
  });
  after(() => cloud[Symbol.asyncDispose]());

  const show = async (id: string) => (await cloud.demo.get(`${imagesPath}/${id}`)).body;

  /** What matters of an image after a refusal: it waits for data and has none. */
  const assertStillQueued = async (id: string) => {
    const { status, size, checksum, os_hash_value } = await show(id);
    assert.deepEqual(
      { status, size, checksum, os_hash_value },
      { status: 'queued', size: null, checksum: null, os_hash_value: null },
    );
    assert.equal((await cloud.demo.get(`${imagesPath}/${id}/file`)).status, 204);
    const { storage } = cloud.cloud.services.images.context;
    assert.equal(await storage.imageSize(id), undefined);
  };

  test('makes the image active with its size and hashes', async () => {
    const data = Buffer.from('x'.repeat(100_000));
    const id = await createActiveImage(cloud.demo, {}, data);
    const image = await show(id);
    assert.equal(image.status, 'active');
    assert.equal(image.size, data.length);
    assert.equal(image.virtual_size, data.length);
    assert.equal(image.checksum, createHash('md5').update(data).digest('hex'));
    assert.equal(image.os_hash_algo, 'sha512');
    assert.equal(image.os_hash_value, createHash('sha512').update(data).digest('hex'));
  });

  test('reads the virtual size from a qcow2', async () => {
    const data = await makeQcow2('64M');
    const id = await createActiveImage(cloud.demo, { disk_format: 'qcow2' }, data);
    const { size, virtual_size } = await show(id);
    assert.deepEqual({ size, virtual_size }, { size: data.length, virtual_size: 64 * 1024 ** 2 });
  });

  test('refuses data of another format than declared, names the rule, keeps nothing', async () => {
    const qcow2 = await makeQcow2('1M');
    for (const [declared, data] of [
      ['raw', qcow2],
      ['qcow2', Buffer.alloc(4096)],
      ['vmdk', qcow2],
    ] as const) {
      const id = await createImage(cloud.demo, { disk_format: declared });
      const answer = await upload(cloud.demo, id, data);
      assert.equal(answer.status, 400);
      assert.match(answer.body, /format-mismatch/);
      await assertStillQueued(id);
      const changes = [{ op: 'replace', path: '/disk_format', value: 'qcow2' }];
      await patch(cloud.demo, id, changes);
      assert.equal((await upload(cloud.demo, id, qcow2)).status, 204);
    }
  });

  test('refuses a qcow2 that reads other files of the host', async () => {
    const backing = ['-u', '-b', '/etc/passwd', '-F', 'raw'];
    const dataFile = ['-o', 'data_file={file}.data'];
    for (const [options, rule] of [
      [backing, 'qcow2-backing-file'],
      [dataFile, 'qcow2-data-file'],
    ] as const) {
      const data = await makeQcow2('1M', options);
      const id = await createImage(cloud.demo, { disk_format: 'qcow2' });
      const answer = await upload(cloud.demo, id, data);
      assert.equal(answer.status, 400);
      assert.ok(answer.body.includes(`refused by the rule "${rule}"`), answer.body);
      await assertStillQueued(id);
    }
  });

  test('refuses data for an image whose formats are not set', async () => {
    const id = await createImage(cloud.demo, { disk_format: null, container_format: null });
    const answer = await upload(cloud.demo, id, Buffer.from('x'));
    assert.equal(answer.status, 400);
    assert.match(answer.body, /disk_format, container_format must be set/);
  });

  test('refuses data for an image that has some with 409', async () => {
    const id = await createActiveImage(cloud.demo);
    assert.equal((await upload(cloud.demo, id, Buffer.from('x'))).status, 409);
    assert.equal((await show(id)).size, 1024);
  });

  test('refuses other content types with 415, an unknown store with 400', async () => {
    const id = await createImage(cloud.demo);
    const path = `${imagesPath}/${id}/file`;
    for (const type of ['text/plain', 'application/json']) {
      const answer = await cloud.demo.put(path, '{}', { 'content-type': type });
      assert.equal(answer.status, 415, type);
    }
    assert.equal((await cloud.demo.put(path)).status, 415);
    const octets = { 'content-type': 'application/octet-stream' };
    const elsewhere = await cloud.demo.put(path, 'x', { ...octets, 'x-image-meta-store': 'moon' });
    assert.equal(elsewhere.status, 400);
    const here = await cloud.demo.put(path, 'x', { ...octets, 'x-image-meta-store': 'local' });
    assert.equal(here.status, 204);
  });

  test('refuses what announces more than the limit before reading it', async () => {
    const id = await createImage(cloud.demo);
    const status = await announce(cloud.demo, id, 257 * 1024 ** 3);
    assert.equal(status, 413);
    await assertStillQueued(id);
  });

  test('one of two uploads at once wins, the other is 409', async () => {
    const id = await createImage(cloud.demo);
    const first = slowUpload(cloud.demo, id);
    await first.begun;
    await until(async () => (await show(id)).status === 'saving');
    assert.equal((await upload(cloud.demo, id, Buffer.from('late'))).status, 409);
    assert.equal((await cloud.demo.get(`${imagesPath}/${id}/file`)).status, 204);
    assert.equal(await first.finish(), 204);
    assert.equal((await show(id)).status, 'active');
  });

  test('an upload that is cut off leaves the image queued and nothing stored', async () => {
    const id = await createImage(cloud.demo);
    const cut = slowUpload(cloud.demo, id);
    await cut.begun;
    await until(async () => (await show(id)).status === 'saving');
    cut.destroy();
    await until(async () => (await show(id)).status === 'queued');
    await assertStillQueued(id);
    assert.equal((await upload(cloud.demo, id, Buffer.from('again'))).status, 204);
  });

  test('an image deleted during its upload is 410 and leaves nothing stored', async () => {
    const id = await createImage(cloud.demo);
    const doomed = slowUpload(cloud.demo, id);
    await doomed.begun;
    await until(async () => (await show(id)).status === 'saving');
    assert.equal((await cloud.demo.delete(`${imagesPath}/${id}`)).status, 204);
    assert.equal(await doomed.finish(), 410);
    const { images } = cloud.cloud.services;
    await images.whenIdle();
    assert.equal(await images.context.storage.imageSize(id), undefined);
  });
});

/** An upload that has sent its first part and waits. */
function slowUpload(client: Client, id: string) {
  const sent = request(`${client.url}${imagesPath}/${id}/file`, {
    method: 'PUT',
    headers: { 'x-auth-token': client.token ?? '', 'content-type': 'application/octet-stream' },
  });
  const answered = new Promise<number>((resolve, reject) => {
    sent.on('response', (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    sent.on('error', reject);
  });
  answered.catch(() => undefined);
  const begun = new Promise<void>((resolve) => sent.write(Buffer.alloc(1000), () => resolve()));
  return {
    begun,
    finish: () => {
      sent.end();
      return answered;
    },
    destroy: () => sent.destroy(),
  };
}

/** Announces a body of that size, sends none of it. @returns the status of the answer. */
function announce(client: Client, id: string, sizeBytes: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(`${client.url}${imagesPath}/${id}/file`, {
      method: 'PUT',
      headers: {
        'x-auth-token': client.token ?? '',
        'content-type': 'application/octet-stream',
        'content-length': sizeBytes,
      },
    });
    sent.on('response', (response) => {
      resolve(response.statusCode ?? 0);
      sent.destroy();
    });
    sent.on('error', reject);
    sent.flushHeaders();
  });
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadlineMs = Date.now() + 60_000;
  while (!(await condition())) {
    if (Date.now() > deadlineMs) throw new Error('it did not come to that in time');
    await new Promise((resolve) => setImmediate(resolve));
  }
}
