import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Client } from '#test/client.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { createActiveImage, createImage, imagesPath } from './images.ts';

/** Creation orders images; two of one millisecond would be ordered by their ids. */
async function nextMillisecond(): Promise<void> {
  const before = Date.now();
  while (Date.now() === before) await new Promise((resolve) => setImmediate(resolve));
}

describe('GET /v2/images', () => {
  let cloud: TestCloud;
  let lister: Client;
  before(async () => {
    cloud = await startTestCloud();
    lister = await cloud.userOf('lister', 'member');
    await createImage(lister, { name: 'alpha', tags: ['x', 'y'], os_distro: 'debian' });
    await nextMillisecond();
    await createImage(lister, { name: 'beta, with comma', tags: ['x'], protected: true });
    await nextMillisecond();
    await createImage(lister, { name: 'gamma', disk_format: 'qcow2', min_ram: 64 });
    await nextMillisecond();
    await createActiveImage(lister, { name: 'delta' }, Buffer.alloc(5000));
    await nextMillisecond();
    await createActiveImage(lister, { name: 'epsilon', os_distro: 'debian' }, Buffer.alloc(100));
    await nextMillisecond();
    await createImage(lister, { name: 'hidden', os_hidden: true });
    await nextMillisecond();
    await createImage(cloud.demo, { name: 'private of demo', visibility: 'private' });
    await createImage(cloud.demo, { name: 'shared of demo' });
    await createImage(cloud.demo, { name: 'community of demo', visibility: 'community' });
    await createImage(cloud.admin, { name: 'public of admin', visibility: 'public' });
  });
  after(() => cloud[Symbol.asyncDispose]());

  const names = async (query: string, client = lister): Promise<string[]> => {
    const answer = await client.get(`${imagesPath}?${query}`);
    assert.equal(answer.status, 200, `${query}: ${answer.body}`);
    return answer.body.images.map((image: { name: string }) => image.name);
  };
  const own = ['alpha', 'beta, with comma', 'delta', 'epsilon', 'gamma'];

  test('shows own and public images, the newest first', async () => {
    const newestFirst = ['public of admin', 'epsilon', 'delta', 'gamma', 'beta, with comma'];
    assert.deepEqual(await names(''), [...newestFirst, 'alpha']);
  });

  test('shows administrators everything but the community images of others', async () => {
    const seen = await names('sort=name:asc', cloud.admin);
    const foreign = ['private of demo', 'public of admin', 'shared of demo'];
    assert.deepEqual(seen, [...own, ...foreign]);
  });

  test('filters', async () => {
    for (const [query, expected] of [
      ['name=alpha', ['alpha']],
      ['name=Alpha', []],
      ['name=in:alpha,gamma', ['alpha', 'gamma']],
      ['name=in:%22beta,%20with%20comma%22,alpha', ['alpha', 'beta, with comma']],
      ['status=active', ['delta', 'epsilon']],
      ['status=in:active,saving', ['delta', 'epsilon']],
      ['disk_format=qcow2', ['gamma']],
      ['container_format=in:ovf,ova', []],
      ['size_min=100&size_max=4999', ['epsilon']],
      ['size_min=5000', ['delta']],
      ['min_ram=64', ['gamma']],
      ['protected=True', ['beta, with comma']],
      ['tag=x', ['alpha', 'beta, with comma']],
      ['tag=x&tag=y', ['alpha']],
      ['os_distro=debian', ['alpha', 'epsilon']],
      ['os_distro=debian&status=active', ['epsilon']],
      ['os_distro=', []],
      ['os_hidden=true', ['hidden']],
      ['visibility=public', ['public of admin']],
      ['visibility=community', ['community of demo']],
      ['visibility=private', []],
      ['visibility=shared', own],
      [`owner=${lister.projectId}`, own],
      ['visibility=all', [...own, 'community of demo', 'public of admin'].sort()],
      ['created_at=gt:2000-01-01T00:00:00Z&visibility=shared', own],
      ['created_at=lt:2000-01-01', []],
      ['updated_at=gte:2000-01-01T00:00:00%2B02:00&visibility=shared', own],
      ['created_at=neq:2000-01-01T00:00:00Z&visibility=shared', own],
    ] as const) {
      assert.deepEqual((await names(query)).sort(), expected, query);
    }
  });

  test('finds an image by the second in which it was made', async () => {
    const listed = await lister.get(`${imagesPath}?name=alpha`);
    const [{ id, created_at }] = listed.body.images;
    const { body } = await lister.get(`${imagesPath}?created_at=${created_at}&id=in:${id},x`);
    assert.deepEqual(
      body.images.map((image: { id: string }) => image.id),
      [id],
    );
  });

  test('sorts by any key in either syntax', async () => {
    const only = `owner=${lister.projectId}`;
    assert.deepEqual(await names(`${only}&sort=name:asc`), own);
    assert.deepEqual(await names(`${only}&sort_key=name&sort_dir=asc`), own);
    assert.deepEqual(await names(`${only}&sort_key=name`), own.toReversed());
    const bySize = await names(`${only}&sort=size:desc,name:asc`);
    assert.deepEqual(bySize, ['delta', 'epsilon', 'alpha', 'beta, with comma', 'gamma']);
    const two = 'sort_key=status&sort_key=name&sort_dir=desc&sort_dir=asc';
    const byStatus = ['alpha', 'beta, with comma', 'gamma', 'delta', 'epsilon'];
    assert.deepEqual(await names(`${only}&${two}`), byStatus);
    for (const key of ['id', 'created_at', 'updated_at', 'disk_format', 'container_format']) {
      assert.equal((await names(`${only}&sort=${key}`)).length, own.length, key);
    }
  });

  test('pages through every image exactly once, whatever the order', async () => {
    for (const sort of [
      'name:asc',
      'size:desc,name:asc',
      'size:asc',
      'created_at',
      'disk_format',
    ]) {
      const seen: string[] = [];
      let next: string | undefined = `/v2/images?limit=2&tag=&sort=${sort}`.replace('tag=&', '');
      while (next) {
        const answer = await lister.get(`/image${next}`);
        assert.equal(answer.body.first, `/v2/images?limit=2&sort=${encodeURIComponent(sort)}`);
        seen.push(...answer.body.images.map((image: { name: string }) => image.name));
        next = answer.body.next;
      }
      assert.deepEqual(seen.toSorted(), [...own, 'public of admin'].sort(), sort);
    }
  });

  test('a full page names the next, an empty one does not', async () => {
    const page = await lister.get(`${imagesPath}?limit=0`);
    assert.deepEqual(page.body.images, []);
    assert.equal(page.body.next, undefined);
    assert.equal(page.body.schema, '/v2/schemas/images');
  });

  test('refuses parameters that make no sense with 400', async () => {
    const foreign = await createImage(cloud.demo, { visibility: 'private' });
    for (const query of [
      'limit=-1',
      'limit=x',
      'limit=1e3',
      'marker=none',
      `marker=${foreign}`,
      'sort=color',
      'sort=name:up',
      'sort=name&sort_key=name',
      'sort_key=name&sort_dir=asc&sort_dir=desc',
      'visibility=secret',
      'member_status=maybe',
      'protected=maybe',
      'os_hidden=maybe',
      'size_min=big',
      'size_max=99999999999999999999',
      'created_at=yesterday',
      'created_at=about:2020-01-01T00:00:00Z',
      'name=%00',
      'any=%00',
      'name=in:%22open',
      'name=a&name=b',
    ]) {
      assert.equal((await lister.get(`${imagesPath}?${query}`)).status, 400, query);
    }
  });

  test('any number of sort keys and a bounded number of filters are taken', async () => {
    const keys = Array.from({ length: 1000 }, () => 'name').join();
    assert.deepEqual(await names(`owner=${lister.projectId}&sort=${keys}`), own.toReversed());
    for (const parameter of ['tag=x', 'any=x']) {
      const many = Array.from({ length: 1200 }, (_, index) => `${parameter}${index}`);
      const answer = await lister.get(`${imagesPath}?${many.join('&')}`);
      assert.equal(answer.status, 400, parameter);
    }
  });

  test('odd parameters are filters that nothing matches', async () => {
    for (const query of ['__proto__=x', 'constructor=x', 'hasOwnProperty=x', '%27=%27']) {
      assert.deepEqual(await names(query), [], query);
    }
  });
});
