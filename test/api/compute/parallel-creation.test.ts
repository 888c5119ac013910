import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { type PostgresServer, startPostgres } from '#test/postgres.ts';
import { serverBody } from '#test/servers.ts';

const names = Array.from({ length: 10 }, (_, index) => `h${index}`);
const hosts = names.map((name) => ({ name }));

/** Asks for so many servers at once. @returns how many answers had each status */
async function createAtOnce(cloud: TestCloud, count: number, hints?: object) {
  const sent = hints && { 'os:scheduler_hints': hints };
  const body = { ...(await serverBody(cloud.demo)), ...sent };
  const asked = Array.from({ length: count }, () => cloud.demo.post('/v2.1/servers', body));
  const statuses = (await Promise.all(asked)).map(({ status }) => status);
  await cloud.cloud.services.operations.whenIdle();
  return Object.fromEntries(
    [...Map.groupBy(statuses, (status) => status)].map(([status, all]) => [status, all.length]),
  );
}

async function detailsOf(cloud: TestCloud) {
  const { body } = await cloud.admin.get('/v2.1/servers/detail?all_tenants=1');
  return body.servers as Record<string, string>[];
}

function declare(start: (options: Parameters<typeof startTestCloud>[0]) => Promise<TestCloud>) {
  test('200 servers at once under a quota of 150 are 150, spread evenly', async () => {
    await using cloud = await start({
      hosts,
      quota: { instances: 150, cores: -1, memoryMib: -1 },
    });
    const counts = await createAtOnce(cloud, 200);
    assert.deepEqual(counts, { 202: 150, 403: 50 });
    const servers = await detailsOf(cloud);
    assert.equal(servers.length, 150);
    assert.ok(servers.every(({ status }) => status === 'ACTIVE'));
    const perHost = Map.groupBy(servers, (server) => server['OS-EXT-SRV-ATTR:host']);
    assert.deepEqual(
      [...perHost.values()].map((group) => group.length),
      Array(10).fill(15),
    );
    const limits = await cloud.demo.get('/v2.1/limits');
    assert.equal(limits.body.limits.absolute.totalInstancesUsed, 150);
  });

  test('50 at once in an anti-affinity group over 10 hosts find 10 places', async () => {
    const quota = { instances: -1, cores: -1, memoryMib: -1, serverGroupMembers: -1 };
    await using cloud = await start({ hosts, quota });
    const server_group = { name: 'apart', policies: ['anti-affinity'] };
    const made = await cloud.demo.post('/v2.1/os-server-groups', { server_group });
    const group = made.body.server_group.id;
    const counts = await createAtOnce(cloud, 50, { group });
    assert.deepEqual(counts, { 202: 50 });
    const servers = await detailsOf(cloud);
    const active = servers.filter(({ status }) => status === 'ACTIVE');
    const chosen = active.map((server) => server['OS-EXT-SRV-ATTR:host']);
    assert.deepEqual(chosen.sort(), names);
    assert.equal(servers.filter(({ status }) => status === 'ERROR').length, 40);
    const shown = await cloud.demo.get(`/v2.1/os-server-groups/${group}`);
    assert.equal(shown.body.server_group.members.length, 50);
  });
}

describe('on SQLite', () => declare(startTestCloud));

describe('on PostgreSQL', () => {
  let server: PostgresServer;
  before(async () => {
    server = await startPostgres();
  });
  after(() => server.stop());
  declare(async (options) =>
    startTestCloud({ ...options, config: { database: await server.createDatabase() } }),
  );
});
