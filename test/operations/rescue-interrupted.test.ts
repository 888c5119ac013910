import assert from 'node:assert/strict';
import type { TestCloud } from '#test/cloud.ts';
import { act, after, holdToHarness } from '#test/harness.ts';
import { makeServer } from '#test/servers.ts';

async function rescue(cloud: TestCloud, id: string): Promise<string> {
  const { status } = await cloud.demo.post(`/v2.1/servers/${id}/action`, { rescue: null });
  assert.equal(status, 200);
  return id;
}

async function rescued(cloud: TestCloud): Promise<string> {
  const id = await rescue(cloud, await makeServer(cloud, { config_drive: true }));
  await cloud.cloud.services.operations.whenIdle();
  return id;
}

holdToHarness({
  kind: 'rescue-server',
  steps: ['make-rescue-disks', 'power-off', 'power-on', 'mark-rescued'],
  prepare: (cloud) => makeServer(cloud, { config_drive: true }),
  ask: rescue,
  done: 'RESCUE',
  failed: 'ACTIVE',
});

holdToHarness({
  kind: 'rescue-server',
  steps: ['power-off', 'power-on'],
  prepare: after({ 'os-stop': null }),
  ask: rescue,
  done: 'RESCUE',
  failed: 'SHUTOFF',
});

holdToHarness({
  kind: 'unrescue-server',
  steps: ['power-off', 'power-on', 'drop-rescue-disks', 'mark-active'],
  prepare: rescued,
  ask: act({ unrescue: null }),
  done: 'ACTIVE',
  failed: 'RESCUE',
});
