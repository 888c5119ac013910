import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Answered } from '#test/client.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { type PostgresServer, startPostgres } from '#test/postgres.ts';
import { makeServer, networkId, serverBody } from '#test/servers.ts';

const tagged = { 'openstack-api-version': 'compute 2.26' };

/** Asks so often at once. @returns how many answers had each status */
async function atOnce(count: number, ask: (index: number) => Promise<Answered>) {
  const answers = await Promise.all(Array.from({ length: count }, (_, index) => ask(index)));
  const byStatus = Map.groupBy(answers, ({ status }) => status);
  return Object.fromEntries([...byStatus].map(([status, all]) => [status, all.length]));
}

async function setQuota({ admin, demo }: TestCloud, quota_set: object): Promise<void> {
  const { status } = await admin.put(`/v2.1/os-quota-sets/${demo.projectId}`, { quota_set });
  assert.equal(status, 200);
}

type Start = () => Promise<TestCloud>;

function declareOfOneServer(start: Start) {
  test('of 20 metadata items at once a quota of 10 takes 10', async () => {
    await using cloud = await start();
    const id = await makeServer(cloud);
    await setQuota(cloud, { metadata_items: 10 });
    const counts = await atOnce(20, (index) =>
      cloud.demo.post(`/v2.1/servers/${id}/metadata`, { metadata: { [`key${index}`]: 'v' } }),
    );
    assert.deepEqual(counts, { 200: 10, 403: 10 });
    const { body } = await cloud.demo.get(`/v2.1/servers/${id}/metadata`);
    assert.equal(Object.keys(body.metadata).length, 10);
  });

  test('of 100 tags at once a server takes 50', async () => {
    await using cloud = await start();
    const id = await makeServer(cloud);
    const counts = await atOnce(100, (index) =>
      cloud.demo.put(`/v2.1/servers/${id}/tags/tag${index}`, undefined, tagged),
    );
    assert.deepEqual(counts, { 201: 50, 400: 50 });
    const { body } = await cloud.demo.get(`/v2.1/servers/${id}/tags`, tagged);
    assert.equal(body.tags.length, 50);
  });
}

function declareOfProject(start: Start) {
  test('of 20 key pairs at once a quota of 10 takes 10', async () => {
    await using cloud = await start();
    await setQuota(cloud, { key_pairs: 10 });
    const counts = await atOnce(20, (index) =>
      cloud.demo.post('/v2.1/os-keypairs', { keypair: { name: `key${index}` } }),
    );
    assert.deepEqual(counts, { 200: 10, 403: 10 });
    const { body } = await cloud.demo.get('/v2.1/os-keypairs');
    assert.equal(body.keypairs.length, 10);
  });

  test('of 10 key pairs of one name at once one is made', async () => {
    await using cloud = await start();
    const keypair = { name: 'same' };
    const counts = await atOnce(10, () => cloud.demo.post('/v2.1/os-keypairs', { keypair }));
    assert.deepEqual(counts, { 200: 1, 409: 9 });
  });

  test('of 20 servers at once a group of at most 10 takes 10', async () => {
    await using cloud = await start();
    await setQuota(cloud, { server_group_members: 10 });
    const server_group = { name: 'few', policies: ['affinity'] };
    const made = await cloud.demo.post('/v2.1/os-server-groups', { server_group });
    const group = made.body.server_group.id;
    const body = { ...(await serverBody(cloud.demo)), 'os:scheduler_hints': { group } };
    const counts = await atOnce(20, () => cloud.demo.post('/v2.1/servers', body));
    await cloud.cloud.services.operations.whenIdle();
    assert.deepEqual(counts, { 202: 10, 403: 10 });
    const shown = await cloud.demo.get(`/v2.1/os-server-groups/${group}`);
    assert.equal(shown.body.server_group.members.length, 10);
    const servers = await cloud.demo.get('/v2.1/servers');
    assert.equal(servers.body.servers.length, 10);
  });
}

function declareOfNetwork(start: Start) {
  test('one port, and one address, are attached once by 10 who ask at once', async () => {
    await using cloud = await start();
    const servers = [await makeServer(cloud), await makeServer(cloud)];
    const network = await networkId(cloud.demo);
    const made = await cloud.demo.post('/network/v2.0/ports', { port: { network_id: network } });
    const attach = (index: number, interfaceAttachment: object) =>
      cloud.demo.post(`/v2.1/servers/${servers[index % 2]}/os-interface`, { interfaceAttachment });
    const ports = await atOnce(10, (index) => attach(index, { port_id: made.body.port.id }));
    assert.equal(ports[200], 1, JSON.stringify(ports));
    const fixed_ips = [{ ip_address: '10.42.0.77' }];
    const addresses = await atOnce(10, (index) => attach(index, { net_id: network, fixed_ips }));
    assert.equal(addresses[200], 1, JSON.stringify(addresses));
    for (const counts of [ports, addresses]) {
      assert.ok(
        Object.keys(counts).every((status) => Number(status) < 500),
        JSON.stringify(counts),
      );
    }
    await cloud.cloud.services.operations.whenIdle();
    const cards = await Promise.all(
      servers.map((id) => cloud.demo.get(`/v2.1/servers/${id}/os-interface`)),
    );
    const all = cards.flatMap(({ body }) => body.interfaceAttachments);
    assert.equal(all.length, 4, 'two of their own, the port and the address');
  });
}

function declare(start: Start) {
  declareOfOneServer(start);
  declareOfProject(start);
  declareOfNetwork(start);
}

describe('limits hold on SQLite', () => declare(startTestCloud));

describe('limits hold on PostgreSQL', () => {
  let server: PostgresServer;
  before(async () => {
    server = await startPostgres();
  });
  after(() => server.stop());
  declare(async () => startTestCloud({ config: { database: await server.createDatabase() } }));
});
