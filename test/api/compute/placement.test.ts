import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Client } from '#test/client.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { makeServer, serverBody, statusOf } from '#test/servers.ts';

const hosts = [{ name: 'h1' }, { name: 'h2' }, { name: 'h3', zone: 'west' }];

async function hostOf(cloud: TestCloud, id: string): Promise<string | null> {
  const { body } = await cloud.admin.get(`/v2.1/servers/${id}`);
  return body.server['OS-EXT-SRV-ATTR:host'];
}

async function makeGroup(client: Client, policy: string, rules?: object): Promise<string> {
  const body = { server_group: { name: policy, policy, ...(rules && { rules }) } };
  const headers = { 'openstack-api-version': 'compute 2.64' };
  const made = await client.post('/v2.1/os-server-groups', body, headers);
  assert.equal(made.status, 200, JSON.stringify(made.body));
  return made.body.server_group.id;
}

async function membersOf(client: Client, group: string): Promise<string[]> {
  const { body } = await client.get(`/v2.1/os-server-groups/${group}`);
  return body.server_group.members;
}

/** Creates a server with hints, waits, and tells where it is; null for nowhere. */
async function placed(cloud: TestCloud, hints: object, extra: object = {}) {
  const body = { ...(await serverBody(cloud.demo, extra)), 'os:scheduler_hints': hints };
  const made = await cloud.demo.post('/v2.1/servers', body);
  assert.equal(made.status, 202, JSON.stringify(made.body));
  await cloud.cloud.services.operations.whenIdle();
  const { id } = made.body.server;
  return { id, host: await hostOf(cloud, id) };
}

async function refusal(cloud: TestCloud, hints: object) {
  const body = { ...(await serverBody(cloud.demo)), 'os:scheduler_hints': hints };
  return cloud.demo.post('/v2.1/servers', body);
}

describe('a server group', () => {
  test('of anti-affinity keeps its servers on different hosts, while there are any', async () => {
    await using cloud = await startTestCloud({ hosts });
    const group = await makeGroup(cloud.demo, 'anti-affinity');
    const servers = [];
    for (let count = 0; count < 4; count += 1) servers.push(await placed(cloud, { group }));
    const chosen = servers.map(({ host }) => host);
    assert.deepEqual(chosen.slice(0, 3).sort(), ['h1', 'h2', 'h3']);
    assert.equal(chosen[3], null);
    const ids = servers.map(({ id }) => id);
    assert.deepEqual(await membersOf(cloud.demo, group), ids);
    const [first = '', , , last = ''] = ids;
    const { body } = await cloud.demo.get(`/v2.1/servers/${last}`);
    assert.match(body.server.fault.message, /^No valid host was found\. The server group/);
    // A deleted server is a member no more, and leaves its host to another.
    await cloud.demo.delete(`/v2.1/servers/${first}`);
    await cloud.cloud.services.operations.whenIdle();
    assert.equal((await placed(cloud, { group })).host, chosen[0]);
    assert.ok(!(await membersOf(cloud.demo, group)).includes(first));
  });

  test('may allow several servers per host', async () => {
    await using cloud = await startTestCloud({ hosts: hosts.slice(0, 1) });
    const group = await makeGroup(cloud.demo, 'anti-affinity', { max_server_per_host: 2 });
    const chosen = [];
    for (let count = 0; count < 3; count += 1) chosen.push((await placed(cloud, { group })).host);
    assert.deepEqual(chosen, ['h1', 'h1', null]);
  });

  test('of affinity keeps them together, and counts those made by the same request', async () => {
    await using cloud = await startTestCloud({ hosts });
    const group = await makeGroup(cloud.demo, 'affinity');
    const { host } = await placed(cloud, { group }, { min_count: 3 });
    const ids = await membersOf(cloud.demo, group);
    assert.equal(ids.length, 3);
    for (const id of ids) assert.equal(await hostOf(cloud, id), host);
  });

  test('of a soft policy prefers and does not refuse', async () => {
    await using cloud = await startTestCloud({ hosts: hosts.slice(0, 2) });
    const near = await makeGroup(cloud.demo, 'soft-affinity');
    const together = [];
    for (let n = 0; n < 3; n += 1) together.push((await placed(cloud, { group: near })).host);
    assert.equal(new Set(together).size, 1);
    const far = await makeGroup(cloud.demo, 'soft-anti-affinity');
    const apart = [];
    for (let n = 0; n < 3; n += 1) apart.push((await placed(cloud, { group: far })).host);
    assert.equal(new Set(apart.slice(0, 2)).size, 2);
    assert.notEqual(apart[2], null);
  });

  test('of another project, or of nobody, is not known', async () => {
    await using cloud = await startTestCloud({ hosts });
    const other = await cloud.userOf('other', 'member');
    for (const group of [await makeGroup(other, 'affinity'), crypto.randomUUID()]) {
      const { status, body } = await refusal(cloud, { group });
      assert.equal(status, 400);
      assert.match(body.badRequest.message, /Instance group .* could not be found/);
    }
    assert.deepEqual((await cloud.demo.get('/v2.1/servers')).body.servers, []);
  });

  test('has no more members than its quota, and a refusal makes no server', async () => {
    await using cloud = await startTestCloud({ hosts, quota: { serverGroupMembers: 2 } });
    const group = await makeGroup(cloud.demo, 'soft-affinity');
    await placed(cloud, { group });
    const body = { ...(await serverBody(cloud.demo, { min_count: 2 })) };
    const over = await cloud.demo.post('/v2.1/servers', {
      ...body,
      'os:scheduler_hints': { group },
    });
    assert.equal(over.status, 403);
    assert.equal(over.body.forbidden.message, 'Quota exceeded, too many servers in group');
    assert.equal((await cloud.demo.get('/v2.1/servers')).body.servers.length, 1);
    await placed(cloud, { group });
    assert.equal((await refusal(cloud, { group })).status, 403);
  });
});

describe('hints', () => {
  test('put a server beside another, or elsewhere', async () => {
    await using cloud = await startTestCloud({ hosts });
    const { id, host } = await placed(cloud, {});
    assert.equal((await placed(cloud, { same_host: id })).host, host);
    const other = await placed(cloud, { different_host: [id] });
    assert.notEqual(other.host, host);
    const third = await placed(cloud, { different_host: [id, other.id] });
    assert.equal((await placed(cloud, { different_host: [id, other.id, third.id] })).host, null);
  });

  test('do not find servers of other projects', async () => {
    await using cloud = await startTestCloud({ hosts });
    const { id } = await placed(cloud, {});
    const other = await cloud.userOf('other', 'member');
    const image = await serverBody(other);
    const made = await other.post('/v2.1/servers', {
      ...image,
      'os:scheduler_hints': { same_host: id },
    });
    assert.equal(made.status, 202, JSON.stringify(made.body));
    assert.equal(await statusOf(other, made.body.server.id), 'ERROR');
  });
});

describe('aggregates', () => {
  async function aggregateOf(cloud: TestCloud, host: string, metadata: object): Promise<void> {
    const { admin } = cloud;
    const aggregate = { name: JSON.stringify(metadata).slice(0, 200) };
    const made = await admin.post('/v2.1/os-aggregates', { aggregate });
    const path = `/v2.1/os-aggregates/${made.body.aggregate.id}/action`;
    assert.equal((await admin.post(path, { add_host: { host } })).status, 200);
    assert.equal((await admin.post(path, { set_metadata: { metadata } })).status, 200);
  }

  test('put their hosts into a zone', async () => {
    await using cloud = await startTestCloud({ hosts });
    await aggregateOf(cloud, 'h2', { availability_zone: 'north' });
    const id = await makeServer(cloud, { availability_zone: 'north' });
    assert.equal(await hostOf(cloud, id), 'h2');
  });

  test('take their hosts for one project, and for dedicated servers', async () => {
    await using cloud = await startTestCloud({ hosts: hosts.slice(0, 2) });
    const facts = { tenancy: 'dedicated', dedicated_host_id: 'd-1' };
    await aggregateOf(cloud, 'h2', { ...facts, filter_tenant_id: cloud.demo.projectId });
    for (let count = 0; count < 2; count += 1) {
      assert.equal((await placed(cloud, {})).host, 'h1');
    }
    assert.equal((await placed(cloud, { tenancy: 'dedicated' })).host, 'h2');
    const named = { tenancy: 'dedicated', dedicated_host_id: 'd-1' };
    assert.equal((await placed(cloud, named)).host, 'h2');
    assert.equal((await placed(cloud, { ...named, dedicated_host_id: 'd-2' })).host, null);
  });

  test('say how far their hosts are promised', async () => {
    await using cloud = await startTestCloud({ hosts: [{ name: 'h1', vcpus: 1 }] });
    await aggregateOf(cloud, 'h1', { cpu_allocation_ratio: '2.0' });
    const chosen = [];
    for (let count = 0; count < 3; count += 1) chosen.push((await placed(cloud, {})).host);
    assert.deepEqual(chosen, ['h1', 'h1', null]);
  });
});

test('an administrator names the host, in whatever form, and gets it or nothing', async () => {
  await using cloud = await startTestCloud({ hosts });
  const { admin } = cloud;
  const place = async (availability_zone: string) => {
    const body = await serverBody(admin, { availability_zone });
    const made = await admin.post('/v2.1/servers', body);
    assert.equal(made.status, 202, JSON.stringify(made.body));
    await cloud.cloud.services.operations.whenIdle();
    return hostOf(cloud, made.body.server.id);
  };
  assert.equal(await place('nova:h2'), 'h2');
  assert.equal(await place('west:h3:h3'), 'h3');
  assert.equal(await place('nova::h1'), 'h1');
  assert.equal(await place('nova:h1:h2'), null);
  assert.equal(await place('nova:h3'), null);
  const body = await serverBody(cloud.demo, { availability_zone: 'nova:h2' });
  assert.equal((await cloud.demo.post('/v2.1/servers', body)).status, 403);
});

test('a flavor that asks for a device finds no host, and says so to its class', async () => {
  await using cloud = await startTestCloud({ hosts });
  const flavor = { name: 'gpu', ram: 64, vcpus: 1, disk: 1 };
  const made = await cloud.admin.post('/v2.1/flavors', { flavor });
  const { id } = made.body.flavor;
  const extra_specs = { 'pci_passthrough:alias': 'gpu:1' };
  const set = await cloud.admin.post(`/v2.1/flavors/${id}/os-extra_specs`, { extra_specs });
  assert.equal(set.status, 200);
  const server = await placed(cloud, {}, { flavorRef: id });
  assert.equal(server.host, null);
  const tenants = await cloud.demo.get(`/v2.1/servers/${server.id}`);
  const sentence = 'No valid host was found. No host has what the image or the flavor asks for.';
  assert.equal(tenants.body.server.fault.message, sentence);
  const admins = await cloud.admin.get(`/v2.1/servers/${server.id}`);
  assert.match(admins.body.server.fault.details, /PciPassthroughFilter left 0/);
});
