import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '#base/limits.ts';
import { startTestCloud } from '#test/cloud.ts';

const json = { 'content-type': 'application/json' };

test('each refusal of chapter 3.2 has its status, its name and a sentence', async () => {
  await using cloud = await startTestCloud();
  const { admin, demo, nobody } = cloud;
  const tooLarge = JSON.stringify({ flavor: { name: 'x'.repeat(limits.requestBodyBytes) } });
  const flavor = { name: 'm1.tiny', ram: 1, vcpus: 1, disk: 1 };
  const rows = [
    ['badRequest', 400, await admin.post('/v2.1/flavors', { flavor: {} })],
    ['unauthorized', 401, await nobody.get('/v2.1/flavors')],
    ['forbidden', 403, await demo.post('/v2.1/flavors', { flavor })],
    ['itemNotFound', 404, await demo.get('/v2.1/flavors/none')],
    ['badMethod', 405, await demo.delete('/v2.1/flavors')],
    ['conflictingRequest', 409, await admin.post('/v2.1/flavors', { flavor })],
    ['computeFault', 410, await demo.get('/v2.1/os-cells')],
    ['overLimit', 413, await admin.request('POST', '/v2.1/flavors', tooLarge, json)],
    [
      'badMediaType',
      415,
      await admin.request('POST', '/v2.1/flavors', 'a=b', {
        'content-type': 'application/x-www-form-urlencoded',
      }),
    ],
  ] as const;
  for (const [name, code, answer] of rows) {
    assert.equal(answer.status, code, name);
    assert.deepEqual(Object.keys(answer.body), [name]);
    assert.equal(answer.body[name].code, code);
    assert.ok(answer.body[name].message.length > 10, name);
    assert.match(answer.headers.get('x-compute-request-id') ?? '', /^req-/, name);
  }
});

test('what is refused says so in the version that was asked for', async () => {
  await using cloud = await startTestCloud();
  const asked = { 'openstack-api-version': 'compute 2.96' };
  const { headers } = await cloud.demo.get('/v2.1/flavors/none', asked);
  assert.equal(headers.get('openstack-api-version'), 'compute 2.96');
  assert.equal(headers.get('x-openstack-nova-api-version'), '2.96');
  assert.match(headers.get('vary') ?? '', /OpenStack-API-Version/);
  const legacy = await cloud.demo.get('/v2/flavors/none', asked);
  assert.equal(legacy.headers.get('openstack-api-version'), null, 'v2 never heard of versions');
});

test('every answer has its request id under the name that old clients look for', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const paths = ['flavors', 'servers', 'servers', 'flavors/none', 'servers?limit=many'];
  const ids = new Set<string>();
  for (const way of ['/v2', '/v2.1']) {
    for (const path of paths) {
      const { headers } = await demo.get(`${way}/${demo.projectId}/${path}`);
      const id = headers.get('x-compute-request-id') ?? '';
      assert.match(id, /^req-/, path);
      assert.equal(headers.get('x-openstack-request-id'), id);
      ids.add(id);
    }
  }
  assert.equal(ids.size, 2 * paths.length, 'an answer that was kept has an id of its own');
});
