import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { createImage, imagesPath, patch } from './images.ts';

const attributeNames = [
  'id',
  'name',
  'status',
  'visibility',
  'protected',
  'os_hidden',
  'owner',
  'size',
  'tags',
  'min_disk',
  'disk_format',
  'locations',
  '__proto__',
  'constructor',
  'toString',
];
const names = fc.oneof(fc.constantFrom(...attributeNames), fc.string({ unit: 'binary' }));
const options = { numRuns: 150, seed: 1 };

describe('whatever a client sends to the image service', () => {
  let cloud: TestCloud;
  before(async () => {
    cloud = await startTestCloud();
  });
  after(() => cloud[Symbol.asyncDispose]());

  test('no body of a creation is our failure', async () => {
    const bodies = fc.oneof(fc.jsonValue(), fc.dictionary(names, fc.jsonValue(), { maxKeys: 4 }));
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const answer = await cloud.demo.post(imagesPath, body);
        assert.ok(answer.status < 500, `${answer.status}: ${JSON.stringify(body)}`);
      }),
      options,
    );
  });

  test('no patch is our failure', async () => {
    const id = await createImage(cloud.demo);
    const change = fc.record(
      {
        op: fc.constantFrom('add', 'remove', 'replace', 'move'),
        path: names.map((name) => `/${name}`),
        value: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    const bodies = fc.oneof(fc.jsonValue(), fc.array(change, { maxLength: 3 }));
    await fc.assert(
      fc.asyncProperty(bodies, fc.constantFrom('v2.0', 'v2.1'), async (body, dialect) => {
        const answer = await patch(cloud.demo, id, body, dialect);
        assert.ok(answer.status < 500, `${answer.status}: ${JSON.stringify(body)}`);
      }),
      options,
    );
  });

  test('no query of a list is our failure', async () => {
    const parameter = fc.constantFrom(
      'limit',
      'marker',
      'sort',
      'sort_key',
      'sort_dir',
      'size_min',
      'created_at',
      'tag',
      'name',
      'x',
    );
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string().map((text) => `in:${text}`),
      fc.constantFrom('gt:9999-12-31T23:59:59Z', 'in:"a\\"', ':', '-1', '0', 'name:asc,'),
    );
    const queries = fc.array(fc.tuple(parameter, value), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(queries, async (query) => {
        const answer = await cloud.demo.get(`${imagesPath}?${new URLSearchParams(query)}`);
        assert.ok(answer.status < 500, `${answer.status}: ${JSON.stringify(query)}`);
      }),
      options,
    );
  });

  test('no id and no tag in a path is our failure', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1 }), async (text) => {
        const segment = encodeURIComponent(text.toWellFormed());
        const id = await cloud.demo.get(`${imagesPath}/${segment}`);
        assert.ok(id.status < 500, `${id.status}: ${segment}`);
        const tag = await cloud.demo.put(`${imagesPath}/${segment}/tags/${segment}`);
        assert.ok(tag.status < 500, `${tag.status}: ${segment}`);
      }),
      options,
    );
  });
});
