import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Client } from '#test/client.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { createActiveImage, createImage, imagesPath, patch } from './images.ts';

const missingId = '11111111-2222-3333-4444-555555555555';

describe('who sees and changes an image', () => {
  let cloud: TestCloud;
  let other: Client;
  let reader: Client;
  before(async () => {
    cloud = await startTestCloud();
    other = await cloud.userOf('other', 'member');
    reader = await cloud.userOf('demo', 'reader');
  });
  after(() => cloud[Symbol.asyncDispose]());

  test('a foreign private or shared image looks exactly like a missing one', async () => {
    for (const visibility of ['private', 'shared']) {
      const id = await createImage(cloud.demo, { visibility });
      for (const [method, suffix] of [
        ['GET', ''],
        ['DELETE', ''],
        ['GET', '/file'],
        ['GET', '/members'],
        ['PUT', '/tags/t'],
        ['DELETE', '/tags/t'],
      ] as const) {
        const foreign = await other.request(method, `${imagesPath}/${id}${suffix}`);
        const missing = await other.request(method, `${imagesPath}/${missingId}${suffix}`);
        assert.equal(foreign.status, 404, `${method} ${suffix}`);
        assert.equal(foreign.body, missing.body.replaceAll(missingId, id));
      }
      assert.equal((await patch(other, id, [])).status, 404);
    }
  });

  test('a public or community image is for all to use and for its owner to change', async () => {
    for (const visibility of ['public', 'community']) {
      const id = await createActiveImage(cloud.admin, { visibility });
      assert.equal((await other.get(`${imagesPath}/${id}`)).status, 200);
      assert.equal((await other.get(`${imagesPath}/${id}/file`)).status, 200);
      const renaming = [{ op: 'replace', path: '/name', value: 'mine' }];
      assert.equal((await patch(other, id, renaming)).status, 403);
      assert.equal((await other.delete(`${imagesPath}/${id}`)).status, 403);
      assert.equal((await other.put(`${imagesPath}/${id}/tags/t`)).status, 403);
      assert.equal((await cloud.admin.get(`${imagesPath}/${id}`)).body.name, null);
    }
  });

  test('an administrator sees and changes every image', async () => {
    const id = await createImage(cloud.demo, { visibility: 'private' });
    assert.equal((await cloud.admin.get(`${imagesPath}/${id}`)).status, 200);
    assert.equal((await cloud.admin.delete(`${imagesPath}/${id}`)).status, 204);
    assert.equal((await cloud.demo.get(`${imagesPath}/${id}`)).status, 404);
  });

  test('a reader shows, lists and downloads, and changes nothing', async () => {
    const id = await createActiveImage(cloud.demo);
    assert.equal((await reader.get(`${imagesPath}/${id}`)).status, 200);
    assert.equal((await reader.get(imagesPath)).status, 200);
    assert.equal((await reader.get(`${imagesPath}/${id}/file`)).status, 200);
    assert.equal((await reader.delete(`${imagesPath}/${id}`)).status, 403);
    assert.equal((await reader.put(`${imagesPath}/${id}/tags/t`)).status, 403);
    assert.equal((await patch(reader, id, [])).status, 403);
    const octets = { 'content-type': 'application/octet-stream' };
    assert.equal((await reader.put(`${imagesPath}/${id}/file`, 'x', octets)).status, 403);
  });

  test('without a token everything but the versions is 401', async () => {
    for (const path of [imagesPath, `${imagesPath}/${missingId}`, '/image/v2/schemas/image']) {
      const answer = await cloud.nobody.get(path);
      assert.equal(answer.status, 401, path);
      assert.equal(answer.body.error.code, 401);
    }
  });

  test('ids that are none, whatever they hold, are 404', async () => {
    for (const id of ['x', '%00', '..%2F..%2Fetc', 'é', "'; drop table images", missingId]) {
      const path = `${imagesPath}/${encodeURI(decodeURIComponent(id)).replaceAll('/', '%2F')}`;
      assert.equal((await cloud.demo.get(path)).status, 404, id);
      assert.equal((await cloud.demo.delete(path)).status, 404, id);
    }
  });

  test('refusals are HTML for who takes anything and JSON for who asks for it', async () => {
    const html = await cloud.demo.get(`${imagesPath}/<b>`);
    assert.match(html.headers.get('content-type') ?? '', /^text\/html/);
    assert.match(html.body, /<title>404 Not Found<\/title>/);
    assert.doesNotMatch(html.body, /<b>/);
    const json = await cloud.demo.get(`${imagesPath}/none`, { accept: 'application/json' });
    assert.deepEqual(json.body, {
      message: 'No image found with ID none',
      code: '404 Not Found',
      title: 'Not Found',
    });
  });

  test('a protected image is deleted only once it is not protected any more', async () => {
    const id = await createImage(cloud.demo, { protected: true });
    assert.equal((await cloud.demo.delete(`${imagesPath}/${id}`)).status, 403);
    await patch(cloud.demo, id, [{ op: 'replace', path: '/protected', value: false }]);
    assert.equal((await cloud.demo.delete(`${imagesPath}/${id}`)).status, 204);
    assert.equal((await cloud.demo.delete(`${imagesPath}/${id}`)).status, 404);
  });
});
