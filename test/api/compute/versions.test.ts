import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestCloud } from '#test/cloud.ts';

test('the versions are listed for anyone', async () => {
  await using cloud = await startTestCloud();
  const { nobody, url } = cloud;
  const list = await nobody.get('/');
  assert.equal(list.status, 200);
  assert.deepEqual(list.body, {
    versions: [
      {
        id: 'v2.0',
        links: [{ rel: 'self', href: `${url}/v2/` }],
        status: 'SUPPORTED',
        version: '',
        min_version: '',
        updated: '2011-01-21T11:33:21Z',
      },
      {
        id: 'v2.1',
        links: [{ rel: 'self', href: `${url}/v2.1/` }],
        status: 'CURRENT',
        version: '2.104',
        min_version: '2.1',
        updated: '2013-07-23T11:33:21Z',
      },
    ],
  });
});

test('each version describes itself, with and without a final slash', async () => {
  await using cloud = await startTestCloud();
  const { nobody, url } = cloud;
  const rows = [
    { path: '/v2', id: 'v2.0', type: '2' },
    { path: '/v2.1', id: 'v2.1', type: '2.1' },
  ];
  for (const { path, id, type } of rows) {
    for (const slash of ['', '/']) {
      const { status, body } = await nobody.get(path + slash);
      assert.equal(status, 200);
      assert.equal(body.version.id, id);
      assert.deepEqual(body.version.links, [
        { rel: 'self', href: `${url}${path}/` },
        { rel: 'describedby', href: 'http://docs.openstack.org/', type: 'text/html' },
      ]);
      const mediaType = `application/vnd.openstack.compute+json;version=${type}`;
      assert.deepEqual(body.version['media-types'], [
        { base: 'application/json', type: mediaType },
      ]);
    }
  }
});

test('what no version has is 404, and a version is only read', async () => {
  await using cloud = await startTestCloud();
  const unknown = await cloud.demo.get('/v2.1/camels');
  assert.equal(unknown.status, 404);
  assert.equal(unknown.body.itemNotFound.code, 404);
  const posted = await cloud.demo.post('/v2.1', {});
  assert.equal(posted.status, 405);
  assert.equal(posted.headers.get('allow'), 'GET');
});

test('below a version, each document is found by its id as well', async () => {
  await using cloud = await startTestCloud();
  const { demo, nobody } = cloud;
  for (const [root, id] of [
    ['/v2', 'v2.0'],
    ['/v2.1', 'v2.1'],
  ]) {
    const whole = await nobody.get(`${root}/`);
    const found = await demo.get(`/v2.1/${demo.projectId}/versions/${id}`);
    assert.deepEqual(found.body, whole.body);
  }
  assert.equal((await demo.get('/v2.1/versions/v3')).status, 404);
  assert.equal((await nobody.get('/v2.1/versions/v2.1')).status, 401);
});

test('a microversion out of range is 406 and names the range', async () => {
  await using cloud = await startTestCloud();
  const headers = { 'openstack-api-version': 'compute 2.105' };
  const answer = await cloud.demo.get('/v2.1/flavors', headers);
  assert.equal(answer.status, 406);
  const latest = await cloud.demo.get('/v2.1/flavors', {
    'x-openstack-nova-api-version': 'latest',
  });
  assert.equal(latest.headers.get('openstack-api-version'), 'compute 2.104');
});
