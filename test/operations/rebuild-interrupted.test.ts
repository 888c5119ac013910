import assert from 'node:assert/strict';
import type { TestCloud } from '#test/cloud.ts';
import { after, holdToHarness } from '#test/harness.ts';
import { makeImage, makeServer } from '#test/servers.ts';

/** Of another image, so that it shows which disk the server has in the end. */
async function ask(cloud: TestCloud, id: string): Promise<string> {
  const imageRef = await makeImage(cloud.demo, { name: 'other' });
  const { status } = await cloud.demo.post(`/v2.1/servers/${id}/action`, { rebuild: { imageRef } });
  assert.equal(status, 202);
  return id;
}

const steps = ['clear-old', 'power-off', 'put-disks-aside', 'make-disks', 'power-on', 'drop-old'];

holdToHarness({
  kind: 'rebuild-server',
  steps: [...steps, 'mark-rebuilt'],
  prepare: (cloud) => makeServer(cloud),
  ask,
  done: 'ACTIVE',
  // Once the old disks are gone, there is no way back.
  failed: 'ACTIVE ERROR',
});

holdToHarness({
  kind: 'rebuild-server',
  steps: ['power-off', 'put-disks-aside', 'make-disks', 'power-on'],
  prepare: after({ 'os-stop': null }),
  ask,
  done: 'SHUTOFF',
  failed: 'SHUTOFF',
});
