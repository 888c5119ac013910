import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { assertRefused, make, root } from './requests.ts';

describe('what the network API says of itself, and how it lists', () => {
  let cloud: TestCloud;
  before(async () => {
    cloud = await startTestCloud();
  });
  after(() => cloud[Symbol.asyncDispose]());

  test('its versions and resources are told to anyone', async () => {
    for (const path of ['/network', '/network/']) {
      const { body } = await cloud.nobody.get(path);
      assert.deepEqual(body.versions, [
        {
          id: 'v2.0',
          status: 'CURRENT',
          links: [{ rel: 'self', href: `${cloud.url}${root}/` }],
        },
      ]);
    }
    const { resources } = (await cloud.nobody.get(`${root}/`)).body;
    for (const { links } of resources) {
      const path = links[0].href.slice(cloud.url.length);
      const who = path.endsWith('quotas') ? cloud.admin : cloud.demo;
      assert.equal((await who.get(path)).status, 200, path);
    }
  });

  test('extensions are those that are served; others are not found', async () => {
    const { extensions } = (await cloud.demo.get(`${root}/extensions`)).body;
    const aliases = extensions.map((one: { alias: string }) => one.alias);
    assert.equal(new Set(aliases).size, aliases.length);
    for (const alias of ['router', 'security-group', 'external-net']) {
      const { extension } = (await cloud.demo.get(`${root}/extensions/${alias}`)).body;
      assert.equal(extension.alias, alias);
    }
    assertRefused(await cloud.demo.get(`${root}/extensions/qos`), 404, 'ExtensionNotFound');
  });

  test('what is not served is an unknown resource', async () => {
    for (const name of ['trunks', 'agents', 'subnetpools', 'qos/policies', 'x']) {
      assertRefused(await cloud.demo.get(`${root}/${name}`), 404, 'HTTPNotFound');
    }
    const patched = await cloud.demo.patch(`${root}/networks`, {});
    assertRefused(patched, 405, 'HTTPMethodNotAllowed');
    assert.match(patched.headers.get('allow') ?? '', /GET/);
  });

  test('zones are told for networks and routers', async () => {
    const { body } = await cloud.demo.get(`${root}/availability_zones`);
    const resources = body.availability_zones.map((zone: { resource: string }) => zone.resource);
    assert.deepEqual(resources, ['network', 'router']);
  });

  test('a project sees its quota and what it uses, and no other’s', async () => {
    const path = `${root}/quotas/${cloud.demo.projectId}`;
    assert.equal((await cloud.demo.get(path)).body.quota.network, 100);
    assert.equal((await cloud.demo.get(`${path}/default`)).body.quota.router, 10);
    for (const details of ['details', 'details.json']) {
      const { quota } = (await cloud.demo.get(`${path}/${details}`)).body;
      assert.deepEqual(quota.router, { limit: 10, used: 1, reserved: 0 });
    }
    const stranger = await cloud.userOf('strangers', 'member');
    assertRefused(await stranger.get(path), 403, 'PolicyNotAuthorized');
    assert.equal((await cloud.admin.get(path)).status, 200);
  });

  test('what exceeds the quota is refused as a conflict', async () => {
    const client = await cloud.userOf('greedy', 'member');
    for (let count = 0; count < 10; count += 1) await make(client, 'routers', 'router', {});
    assertRefused(await client.post(`${root}/routers`, { router: {} }), 409, 'OverQuota');
  });

  test('pages are linked both ways, filters and fields included', async () => {
    const client = await cloud.userOf('lister', 'member');
    for (const name of ['a', 'b', 'c']) await make(client, 'routers', 'router', { name });
    const query = 'limit=2&sort_key=name&sort_dir=desc&fields=name&status=ACTIVE';
    const first = (await client.get(`${root}/routers?${query}`)).body;
    assert.deepEqual(first.routers, [{ name: 'c' }, { name: 'b' }]);
    const [next, ...others] = first.routers_links;
    assert.deepEqual([next.rel, others], ['next', []]);
    const second = (await client.get(next.href.slice(cloud.url.length))).body;
    assert.deepEqual(second.routers, [{ name: 'a' }]);
    const [previous] = second.routers_links;
    assert.equal(previous.rel, 'previous');
    const back = (await client.get(previous.href.slice(cloud.url.length))).body;
    assert.deepEqual(back.routers, first.routers);
    assert.deepEqual(back.routers_links[0], next);
  });

  test('every attribute of a resource filters its list to that resource', async () => {
    const client = await cloud.userOf('filterer', 'member');
    const hidden = /^(provider:|created_at|updated_at|tags|availability_zone|subnets$|routes$)/;
    for (const [collection, name, body] of [
      ['networks', 'network', { name: 'wanted', description: 'd' }],
      ['routers', 'router', { name: 'wanted' }],
      ['security-groups', 'security_group', { name: 'wanted' }],
    ] as const) {
      const made = await make(client, collection, name, body);
      for (const [attribute, value] of Object.entries(made)) {
        if (hidden.test(attribute) || (typeof value === 'object' && value !== null)) continue;
        if (attribute === 'external_gateway_info') continue;
        const wanted = `name=wanted&${attribute}=${encodeURIComponent(String(value ?? ''))}`;
        const { status, body: found } = await client.get(`${root}/${collection}?${wanted}`);
        assert.equal(status, 200, wanted);
        assert.equal(found[collection.replaceAll('-', '_')].length, 1, wanted);
      }
    }
  });

  test('queries that mean nothing are refused', async () => {
    for (const query of [
      'foo=1',
      'limit=-1',
      'limit=x',
      'marker=x',
      'sort_key=foo',
      'sort_key=name&sort_dir=up',
      'sort_key=name&sort_dir=asc&sort_dir=asc',
      'sort_key=tags',
    ]) {
      assertRefused(await cloud.demo.get(`${root}/networks?${query}`), 400);
    }
    for (const query of [
      'name=%00',
      'mtu=x',
      'shared=maybe',
      'id=',
      "name=' or 1=1 --",
      '__proto__=1',
      'sort_key=constructor',
    ]) {
      const { status } = await cloud.demo.get(`${root}/networks?${query}`);
      assert.ok(status === 200 || status === 400, `${query}: ${status}`);
    }
  });
});
