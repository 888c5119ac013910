import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestCloud } from '#test/cloud.ts';

interface Named {
  alias: string;
}

test('every extension is listed as Nova lists it, and v2 has one more', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const list = await demo.get('/v2.1/extensions');
  assert.equal(list.status, 200);
  assert.equal(list.body.extensions.length, 99);
  const [first] = list.body.extensions;
  assert.deepEqual(Object.keys(first).sort(), [
    'alias',
    'description',
    'links',
    'name',
    'namespace',
    'updated',
  ]);
  const legacy = await demo.get(`/v2/${demo.projectId}/extensions`);
  const known = new Set(list.body.extensions.map(({ alias }: Named) => alias));
  const more = legacy.body.extensions.filter(({ alias }: Named) => !known.has(alias));
  assert.deepEqual(
    more.map(({ alias }: Named) => alias),
    ['OS-EXT-VIF-NET'],
  );
});

test('an extension is shown by its alias', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const shown = await demo.get('/v2.1/extensions/os-agents');
  assert.equal(shown.body.extension.name, 'Agents');
  assert.deepEqual(shown.body.extension.links, []);
  assert.equal((await demo.get('/v2/extensions/OS-EXT-VIF-NET')).status, 200);
  const refusals = ['OS-EXT-VIF-NET', 'os-camels', '__proto__', 'OS-DCF%20'];
  for (const alias of refusals) {
    assert.equal((await demo.get(`/v2.1/extensions/${alias}`)).status, 404, alias);
  }
  assert.equal((await cloud.nobody.get('/v2.1/extensions')).status, 401);
  const reader = await cloud.userOf('demo', 'reader');
  assert.equal((await reader.get('/v2.1/extensions')).status, 200);
});

test('unknown query parameters are ignored until 2.101', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  for (const path of ['/v2.1/extensions', '/v2.1/extensions/os-agents']) {
    const ask = (version: string) =>
      demo.get(`${path}?camel=1`, { 'openstack-api-version': `compute ${version}` });
    assert.equal((await ask('2.101')).status, 200);
    assert.equal((await ask('2.102')).status, 400);
  }
});
