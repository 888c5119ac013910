import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type IdentityCloud, made, startIdentity } from './identity-cloud.ts';

async function newPolicy(cloud: IdentityCloud, blob: string): Promise<string> {
  const body = { policy: { type: 'text/plain', blob } };
  return (await cloud.admin.post('/v3/policies', body)).body.policy.id;
}

const compute = 'cumulet-compute';

test('the nearest policy of an endpoint: its own, its region, its service', async () => {
  await using cloud = await startIdentity();
  await made(cloud.admin, 'regions', { id: 'land' });
  await made(cloud.admin, 'regions', { id: 'town', parent_region_id: 'land' });
  const wanted = { service_id: compute, interface: 'public', url: 'http://x', region_id: 'town' };
  const endpoint = await made(cloud.admin, 'endpoints', wanted);
  const shown = `/v3/endpoints/${endpoint}/OS-ENDPOINT-POLICY/policy`;
  assert.equal((await cloud.admin.get(shown)).status, 404);
  for (const [blob, place] of [
    ['of the service', `services/${compute}`],
    ['of the land', `services/${compute}/regions/land`],
    ['of the town', `services/${compute}/regions/town`],
    ['its own', `endpoints/${endpoint}`],
  ] as const) {
    const policy = await newPolicy(cloud, blob);
    const path = `/v3/policies/${policy}/OS-ENDPOINT-POLICY/${place}`;
    assert.equal((await cloud.admin.get(path)).status, 404, place);
    assert.equal((await cloud.admin.put(path)).status, 204, place);
    assert.equal((await cloud.admin.get(path)).status, 204, place);
    assert.equal((await cloud.admin.get(shown)).body.policy.blob, blob);
    const reached = await cloud.admin.get(`/v3/policies/${policy}/OS-ENDPOINT-POLICY/endpoints`);
    const ids = reached.body.endpoints.map((one: { id: string }) => one.id);
    assert.equal(ids.includes(endpoint), true, place);
    assert.equal(ids.length, place === `services/${compute}` ? 4 : 1, place);
  }
});

test('one place has one policy; what it was of ends with it and with the policy', async () => {
  await using cloud = await startIdentity();
  const [one, other] = [await newPolicy(cloud, 'one'), await newPolicy(cloud, 'other')];
  const path = (policy: string) => `/v3/policies/${policy}/OS-ENDPOINT-POLICY/services/${compute}`;
  await cloud.admin.put(path(one));
  await cloud.admin.put(path(other));
  assert.equal((await cloud.admin.get(path(one))).status, 404);
  assert.equal((await cloud.admin.delete(path(one))).status, 204);
  assert.equal((await cloud.admin.get(path(other))).status, 204);
  await cloud.admin.delete(`/v3/policies/${other}`);
  const shown = `/v3/endpoints/${compute}-public/OS-ENDPOINT-POLICY/policy`;
  assert.equal((await cloud.admin.get(shown)).status, 404);
  const service = await made(cloud.admin, 'services', { type: 'x' });
  const ofService = `/v3/policies/${one}/OS-ENDPOINT-POLICY/services/${service}`;
  await cloud.admin.put(ofService);
  await cloud.admin.delete(`/v3/services/${service}`);
  assert.equal((await cloud.admin.get(ofService)).status, 404);
  assert.equal((await cloud.demo.get(path(one))).status, 403);
  assert.equal((await cloud.admin.put(path('none'))).status, 404);
  assert.equal((await cloud.admin.put(`${path(one)}/regions/none`)).status, 404);
});
