import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Ajv } from 'ajv';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { createActiveImage, imagesPath } from './images.ts';

describe('versions, schemas and information of the image API', () => {
  let cloud: TestCloud;
  before(async () => {
    cloud = await startTestCloud();
  });
  after(() => cloud[Symbol.asyncDispose]());

  test('anyone may choose from the versions with 300 or ask for them with 200', async () => {
    for (const [path, status] of [
      ['/image', 300],
      ['/image/', 300],
      ['/image/versions', 200],
    ] as const) {
      const answer = await cloud.nobody.get(path);
      assert.equal(answer.status, status, path);
      const [newest] = answer.body.versions;
      assert.deepEqual(newest, {
        id: 'v2.9',
        status: 'CURRENT',
        links: [{ rel: 'self', href: `${cloud.url}/image/v2/` }],
      });
      assert.equal(answer.body.versions.at(-1).id, 'v2.0');
    }
  });

  test('every schema is a document of its own name', async () => {
    for (const name of ['image', 'images', 'member', 'members']) {
      const answer = await cloud.demo.get(`/image/v2/schemas/${name}`);
      assert.equal(answer.status, 200);
      assert.equal(answer.body.name, name);
    }
    assert.equal((await cloud.demo.get('/image/v2/schemas/tasks')).status, 404);
  });

  test('an image fits the schema that is published, and allows text beyond it', async () => {
    const schema = (await cloud.demo.get('/image/v2/schemas/image')).body;
    assert.deepEqual(schema.additionalProperties, { type: 'string' });
    const id = await createActiveImage(cloud.demo, { name: 'n', os_distro: 'debian' });
    const image = (await cloud.demo.get(`${imagesPath}/${id}`)).body;
    const validate = new Ajv({ strict: false }).compile(schema);
    const fits: boolean = validate(image);
    assert.ok(fits, JSON.stringify(validate.errors));
    for (const name of Object.keys(image)) {
      if (name !== 'os_distro') assert.ok(name in schema.properties, name);
    }
  });

  test('tells which stores and ways to import there are', async () => {
    const stores = await cloud.demo.get('/image/v2/info/stores');
    assert.deepEqual(stores.body, { stores: [{ id: 'local', default: 'true' }] });
    const imports = await cloud.demo.get('/image/v2/info/import');
    assert.deepEqual(imports.body['import-methods'].value, []);
  });

  test('wrong methods are 405 with those that are right, unknown paths 404', async () => {
    const answer = await cloud.demo.put(imagesPath, {});
    assert.equal(answer.status, 405);
    assert.equal(answer.headers.get('allow'), 'POST, GET');
    assert.equal((await cloud.demo.get('/image/v2/tasks')).status, 404);
    assert.equal((await cloud.demo.get('/image/v2')).status, 404);
  });
});
