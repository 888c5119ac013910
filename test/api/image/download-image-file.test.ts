import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { createActiveImage, createImage, imagesPath } from './images.ts';

const data = Buffer.from('0123456789abcdef'.repeat(64));

describe('GET /v2/images/{image_id}/file', () => {
  let cloud: TestCloud;
  let path: string;
  before(async () => {
    cloud = await startTestCloud();
    path = `${imagesPath}/${await createActiveImage(cloud.demo, {}, data)}`;
  });
  after(() => cloud[Symbol.asyncDispose]());

  test('gives what was uploaded, with its length and hash', async () => {
    const answer = await cloud.demo.get(`${path}/file`);
    assert.equal(answer.status, 200);
    assert.equal(answer.body, data.toString());
    assert.equal(answer.headers.get('content-length'), String(data.length));
    assert.equal(answer.headers.get('content-type'), 'application/octet-stream');
    const { checksum } = (await cloud.demo.get(path)).body;
    assert.equal(answer.headers.get('content-md5'), checksum);
  });

  test('gives one range of it with 206', async () => {
    for (const [range, start, end] of [
      ['bytes=0-0', 0, 0],
      ['bytes=16-31', 16, 31],
      ['bytes=1000-', 1000, 1023],
      ['bytes=1000-5000', 1000, 1023],
      ['bytes=-24', 1000, 1023],
      ['bytes=-5000', 0, 1023],
    ] as const) {
      const answer = await cloud.demo.get(`${path}/file`, { range });
      assert.equal(answer.status, 206, range);
      assert.equal(answer.body, data.toString('latin1', start, end + 1), range);
      assert.equal(answer.headers.get('content-range'), `bytes ${start}-${end}/1024`);
      assert.equal(answer.headers.get('content-length'), String(end - start + 1));
    }
  });

  test('refuses ranges that do not exist with 416 and several with 400', async () => {
    for (const range of ['bytes=1024-', 'bytes=5-4', 'bytes=-0', 'bytes=-', 'lines=1-2', 'x']) {
      const answer = await cloud.demo.get(`${path}/file`, { range });
      assert.equal(answer.status, 416, range);
      assert.equal(answer.headers.get('content-range'), 'bytes */1024');
    }
    const several = await cloud.demo.get(`${path}/file`, { range: 'bytes=0-1,4-5' });
    assert.equal(several.status, 400);
  });

  test('an image without data has nothing to give: 204', async () => {
    const id = await createImage(cloud.demo);
    const answer = await cloud.demo.get(`${imagesPath}/${id}/file`, { range: 'bytes=0-1' });
    assert.equal(answer.status, 204);
  });

  test('a deactivated image is closed to all but administrators, until reactivated', async () => {
    const id = await createActiveImage(cloud.demo, {}, data);
    const image = `${imagesPath}/${id}`;
    assert.equal((await cloud.demo.post(`${image}/actions/deactivate`)).status, 403);
    assert.equal((await cloud.admin.post(`${image}/actions/deactivate`)).status, 204);
    assert.equal((await cloud.admin.post(`${image}/actions/deactivate`)).status, 204);
    assert.equal((await cloud.demo.get(image)).body.status, 'deactivated');
    assert.equal((await cloud.demo.get(`${image}/file`)).status, 403);
    assert.equal((await cloud.admin.get(`${image}/file`)).status, 200);
    assert.equal((await cloud.admin.post(`${image}/actions/reactivate`)).status, 204);
    assert.equal((await cloud.demo.get(`${image}/file`)).status, 200);
  });

  test('only images with data can be deactivated', async () => {
    const id = await createImage(cloud.demo);
    for (const action of ['deactivate', 'reactivate']) {
      const answer = await cloud.admin.post(`${imagesPath}/${id}/actions/${action}`);
      assert.equal(answer.status, 400, action);
    }
  });
});
