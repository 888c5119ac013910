import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '#base/clock.ts';
import { limits } from '#base/limits.ts';
import { startTestCloud } from '#test/cloud.ts';
import { makeServer } from '#test/servers.ts';

const hosts = [{ name: 'one' }];
const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });

/** A cloud whose hosts beat only when it starts, and whose clock can jump ahead. */
async function startSilentCloud() {
  let aheadMs = 0;
  const clock = {
    nowMs: () => systemClock.nowMs() + aheadMs,
    sleep: (ms: number, signal?: AbortSignal) =>
      systemClock.sleep(ms === limits.heartbeatMs ? 3_600_000 : ms, signal),
  };
  const cloud = await startTestCloud({ hosts, clock });
  const passMs = (ms: number) => {
    aheadMs += ms;
  };
  return { cloud, passMs };
}

test('the host of a server is UNKNOWN when it has not been heard of for a minute', async () => {
  const { cloud: started, passMs } = await startSilentCloud();
  await using cloud = started;
  const id = await makeServer(cloud);
  const seen = async () => {
    const ask = async (path: string) => (await cloud.admin.get(path, at('2.16'))).body;
    const detail = await ask('/v2.1/servers/detail?all_tenants=1');
    const shown = await ask(`/v2.1/servers/${id}`);
    return [detail.servers[0].host_status, shown.server.host_status];
  };
  const legacy = async () => {
    const { body } = await cloud.demo.get(`/v2/${cloud.demo.projectId}/servers/${id}`);
    return body.server['OS-EXT-SERVICE:service_state'];
  };
  assert.deepEqual(await seen(), ['UP', 'UP']);
  // The second time it may be an answer that was kept.
  assert.deepEqual(await seen(), ['UP', 'UP']);
  assert.equal(await legacy(), 'up');
  passMs(61_000);
  assert.deepEqual(await seen(), ['UNKNOWN', 'UNKNOWN']);
  assert.equal(await legacy(), 'down');
});

test('zones in detail say which hosts are silent, as the list of services does', async () => {
  const { cloud: started, passMs } = await startSilentCloud();
  await using cloud = started;
  const available = async () => {
    const { body } = await cloud.admin.get('/v2.1/os-availability-zone/detail');
    const zones = body.availabilityZoneInfo as { hosts: { one: Record<string, object> } }[];
    const services = zones.map(({ hosts }) => Object.values(hosts.one));
    return services.flat().map((service) => 'available' in service && service.available);
  };
  assert.deepEqual(await available(), [true, true, true]);
  passMs(61_000);
  assert.deepEqual(await available(), [false, false, false]);
  const { body } = await cloud.admin.get('/v2.1/os-availability-zone');
  assert.equal(body.availabilityZoneInfo[0].zoneState.available, true, 'its host is still enabled');
});

test('no server is placed on a host that has fallen silent', async () => {
  const { cloud: started, passMs } = await startSilentCloud();
  await using cloud = started;
  passMs(61_000);
  const id = await makeServer(cloud);
  const { server } = (await cloud.admin.get(`/v2.1/servers/${id}`)).body;
  assert.equal(server.status, 'ERROR');
  assert.match(server.fault.message, /No valid host was found/);
  assert.equal(server['OS-EXT-SRV-ATTR:host'], null);
});
