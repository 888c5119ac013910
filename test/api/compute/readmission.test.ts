import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '#base/clock.ts';
import { limits } from '#base/limits.ts';
import { startTestCloud } from '#test/cloud.ts';
import { eventually } from '#test/eventually.ts';
import { shown } from '#test/resizes.ts';
import { createSeparateHosts } from '#test/separate-hosts.ts';
import { makeServer } from '#test/servers.ts';

const names = ['left', 'right'];
const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });

test('a host that is no longer said to be down need not wait for its next beat', async () => {
  const machines = createSeparateHosts(names);
  // Once the agents were heard nobody beats until somebody asks for it. Time stands still then: it
  // is as if they had been heard just now, however long the rest takes.
  let beatMs = 20;
  let stoppedMs: number | undefined;
  const clock = {
    nowMs: () => stoppedMs ?? systemClock.nowMs(),
    sleep: (ms: number, signal?: AbortSignal) =>
      systemClock.sleep(ms === limits.heartbeatMs ? beatMs : ms, signal),
  };
  const hosts = names.map((name) => ({ name }));
  const { openDrivers } = machines;
  await using cloud = await startTestCloud({ hosts, clock, openDrivers });
  const id = await makeServer(cloud);
  const source = (await shown(cloud, id))['OS-EXT-SRV-ATTR:host'];
  const isForcedDown = async (forced_down: boolean) => {
    const body = { host: source, binary: 'nova-compute', forced_down };
    const path = '/v2.1/os-services/force-down';
    assert.equal((await cloud.admin.put(path, body, at('2.11'))).status, 200);
  };
  beatMs = 3_600_000;
  stoppedMs = systemClock.nowMs();
  await isForcedDown(true);
  await cloud.admin.post(`/v2.1/servers/${id}/action`, { evacuate: {} }, at('2.29'));
  await cloud.cloud.services.operations.whenIdle();
  const status = async () => {
    const { body } = await cloud.admin.get('/v2.1/os-migrations', at('2.59'));
    return body.migrations[0].status;
  };
  assert.equal(await status(), 'done');
  assert.deepEqual([...machines.of(source).storage.rootDisks.keys()], [id]);
  await isForcedDown(false);
  await eventually('the host has given it up', async () => (await status()) === 'completed');
  assert.deepEqual([...machines.of(source).storage.rootDisks.keys()], []);
});
