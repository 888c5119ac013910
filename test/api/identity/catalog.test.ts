import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startIdentity } from './identity-cloud.ts';

test('version documents need no token and point to where they were asked', async () => {
  await using cloud = await startIdentity();
  const versions = await cloud.nobody.get('/identity');
  assert.equal(versions.status, 300);
  const [listed] = versions.body.versions.values;
  assert.equal(listed.links[0].href, `${cloud.url}/identity/v3/`);
  for (const prefix of ['/v3', '/identity/v3', '/v3/']) {
    const shown = await cloud.nobody.get(prefix);
    assert.equal(shown.status, 200);
    const href = shown.body.version.links[0].href;
    assert.equal(href, `${cloud.url}${prefix.replace(/\/$/, '')}/`);
  }
});

test('services, endpoints and regions come from the catalog', async () => {
  await using cloud = await startIdentity();
  const services = (await cloud.admin.get('/v3/services')).body.services;
  const compute = services.find((service: { type: string }) => service.type === 'compute');
  const shown = await cloud.admin.get(`/v3/services/${compute.id}`);
  assert.deepEqual(shown.body.service, compute);
  const named = (await cloud.admin.get('/v3/services?type=image')).body.services;
  assert.equal(named.length, 1);
  const query = `service_id=${compute.id}&interface=public`;
  const endpoints = (await cloud.admin.get(`/v3/endpoints?${query}`)).body.endpoints;
  assert.equal(endpoints.length, 1);
  assert.equal(endpoints[0].url, `${cloud.url}/v2.1/$(project_id)s`);
  const one = await cloud.admin.get(`/v3/endpoints/${endpoints[0].id}`);
  assert.deepEqual(one.body.endpoint, endpoints[0]);
  const regions = (await cloud.demo.get('/v3/regions')).body.regions;
  assert.equal(regions[0].id, 'RegionOne');
  assert.equal((await cloud.demo.get('/v3/regions/RegionOne')).status, 200);
});

test('what the catalog does not have is 404', async () => {
  await using cloud = await startIdentity();
  for (const path of ['services/x', 'endpoints/x', 'regions/x']) {
    assert.equal((await cloud.admin.get(`/v3/${path}`)).status, 404, path);
  }
});
