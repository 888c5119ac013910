import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { makeServer } from '#test/servers.ts';

const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });
const hourMs = 3_600_000;
const noon = Date.UTC(2026, 0, 10, 12);
const iso = (ms: number) => new Date(ms).toISOString().slice(0, 19);

describe('usage', () => {
  let cloud: TestCloud;
  /** One that runs since noon, one that was there from 13 to 15 o'clock, one never launched. */
  let servers: string[];

  before(async () => {
    cloud = await startTestCloud();
    servers = [await makeServer(cloud), await makeServer(cloud), await makeServer(cloud)];
    const [running = '', ended = '', never = ''] = servers;
    await cloud.demo.delete(`/v2.1/servers/${ended}`);
    await cloud.cloud.services.operations.whenIdle();
    const { queries } = cloud.cloud.services.database;
    const set = (id: string, launched_ms: number | null, terminated_ms: number | null) =>
      queries
        .updateTable('servers')
        .set({ launched_ms, terminated_ms })
        .where('id', '=', id)
        .execute();
    await set(running, noon, null);
    await set(ended, noon + hourMs, noon + 3 * hourMs);
    await set(never, null, null);
  });
  after(() => cloud[Symbol.asyncDispose]());

  const between = (start: number, end: number) => `?start=${iso(start)}&end=${iso(end)}`;
  const ofDemo = async (query: string, version = '2.1') => {
    const path = `/v2.1/os-simple-tenant-usage/${cloud.demo.projectId}${query}`;
    return cloud.demo.get(path, at(version));
  };

  test('counts the hours within the time exactly, of deleted servers too', async () => {
    const { body } = await ofDemo(between(noon - hourMs, noon + 4 * hourMs));
    const usage = body.tenant_usage;
    assert.equal(usage.tenant_id, cloud.demo.projectId);
    assert.equal(usage.start, '2026-01-10T11:00:00.000000');
    assert.equal(usage.stop, '2026-01-10T16:00:00.000000');
    assert.equal(usage.total_hours, 6);
    const [one] = usage.server_usages;
    assert.equal(usage.total_vcpus_usage, 6 * one.vcpus);
    assert.equal(usage.total_memory_mb_usage, 6 * one.memory_mb);
    assert.equal(usage.total_local_gb_usage, 6 * one.local_gb);
    const byId = new Map(
      usage.server_usages.map((each: { instance_id: string }) => [each.instance_id, each]),
    );
    const [running, ended] = servers.map((id) => byId.get(id) as Record<string, unknown>);
    assert.equal(usage.server_usages.length, 2);
    assert.deepEqual([running?.hours, running?.state, running?.ended_at], [4, 'active', null]);
    assert.equal(running?.flavor, 'm1.nano');
    assert.deepEqual([ended?.hours, ended?.state, ended?.uptime], [2, 'terminated', 7200]);
    assert.equal(ended?.started_at, '2026-01-10T13:00:00.000000');
    assert.equal(ended?.ended_at, '2026-01-10T15:00:00.000000');
  });

  test('cuts what lies outside, to parts of an hour', async () => {
    const hours = async (start: number, end: number) =>
      (await ofDemo(between(start, end))).body.tenant_usage.total_hours;
    assert.equal(await hours(noon + hourMs / 2, noon + 1.5 * hourMs), 1.5);
    assert.equal(await hours(noon + 2.75 * hourMs, noon + 10 * hourMs), 7.5);
    assert.deepEqual((await ofDemo(between(noon - 2 * hourMs, noon))).body, { tenant_usage: {} });
  });

  test('ends now where the end is still to come or not told', async () => {
    const end = await ofDemo(between(noon, Date.now() + 1000 * hourMs));
    const none = await ofDemo(`?start=${iso(noon)}`);
    for (const { body } of [end, none]) {
      const stopMs = Date.parse(`${body.tenant_usage.stop}Z`);
      assert.ok(stopMs <= Date.now() && stopMs > Date.now() - 60_000);
    }
    assert.equal((await ofDemo('')).status, 200);
  });

  test('is listed for all projects, with servers when asked', async () => {
    const list = async (query: string) =>
      (await cloud.admin.get(`/v2.1/os-simple-tenant-usage${query}`)).body.tenant_usages;
    const period = between(noon, noon + 4 * hourMs);
    const [sums] = await list(period);
    assert.equal(sums.total_hours, 6);
    assert.equal(sums.server_usages, undefined);
    const [detailed] = await list(`${period}&detailed=1`);
    assert.equal(detailed.server_usages.length, 2);
    const [plain] = await list(`${period}&detailed=true&limit=1&colour=blue`);
    assert.equal(plain.server_usages, undefined);
    assert.equal(plain.total_hours, 6);
  });

  test('comes in pages of servers since 2.40', async () => {
    const period = between(noon, noon + 4 * hourMs);
    const first = await ofDemo(`${period}&limit=1`, '2.40');
    assert.equal(first.body.tenant_usage.server_usages.length, 1);
    const [{ href }] = first.body.tenant_usage_links;
    const rest = await ofDemo(new URL(href).search, '2.40');
    assert.equal(rest.body.tenant_usage.server_usages.length, 1);
    assert.equal(rest.body.tenant_usage_links, undefined);
    const hours = [first, rest].map(({ body }) => body.tenant_usage.total_hours);
    assert.deepEqual(hours.sort(), [2, 4]);
    const path = `/v2.1/os-simple-tenant-usage${period}&limit=1`;
    const all = await cloud.admin.get(path, at('2.40'));
    assert.match(all.body.tenant_usages_links[0].href, /marker=/);
    const marker = (version: string) => ofDemo(`${period}&marker=nobody`, version);
    assert.equal((await marker('2.40')).status, 400);
    assert.equal((await marker('2.39')).status, 200);
    assert.equal((await ofDemo(`${period}&limit=-1`, '2.40')).status, 400);
    assert.equal((await ofDemo(`${period}&colour=blue`, '2.74')).status, 200);
    assert.equal((await ofDemo(`${period}&colour=blue`, '2.75')).status, 400);
  });

  test('refuses times that are none, and those that end before they start', async () => {
    for (const query of [
      '?start=yesterday',
      '?start=2026-02-30T00:00:00',
      '?start=2026-01-01T25:00:00',
      '?start=2026-01-01',
      '?start=%002026-01-01T00:00:00',
      '?end=2026-01-01T00:00:00',
      between(noon, noon),
      between(noon, noon - 1000),
      '?start=2999-01-01T00:00:00',
    ]) {
      assert.equal((await ofDemo(query)).status, 400, query);
    }
    for (const start of ['2026-01-10T12:00:00.5', '2026-01-10%2012:00:00.123456']) {
      assert.equal((await ofDemo(`?start=${start}`)).status, 200, start);
    }
  });

  test('of others looks as if they did not exist; the list is for administrators', async () => {
    const path = '/v2.1/os-simple-tenant-usage';
    const reader = await cloud.userOf('demo', 'reader');
    assert.equal((await reader.get(`${path}/${cloud.demo.projectId}`)).status, 200);
    assert.equal((await cloud.admin.get(`${path}/${cloud.demo.projectId}`)).status, 200);
    assert.equal((await cloud.demo.get(`${path}/${cloud.admin.projectId}`)).status, 404);
    assert.equal((await cloud.demo.get(path)).status, 403);
    assert.equal((await reader.get(path)).status, 403);
    assert.equal((await cloud.nobody.get(path)).status, 401);
  });
});
