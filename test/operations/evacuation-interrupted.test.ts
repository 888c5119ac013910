import assert from 'node:assert/strict';
import { updateServer } from '#compute/servers/store.ts';
import type { TestCloud } from '#test/cloud.ts';
import { after, holdToHarness, type Story } from '#test/harness.ts';
import { makeServer } from '#test/servers.ts';

/** Its host is one that nobody knows any more, and so is down. */
async function strand(cloud: TestCloud, id: string): Promise<string> {
  const { queries } = cloud.cloud.services.database;
  await updateServer(queries, id, { host: 'lost' }, 1);
  return id;
}

async function evacuate(cloud: TestCloud, id: string): Promise<string> {
  const path = `/v2.1/servers/${id}/action`;
  const headers = { 'openstack-api-version': 'compute 2.94' };
  await strand(cloud, id);
  const { status } = await cloud.admin.post(path, { evacuate: {} }, headers);
  assert.equal(status, 200);
  return id;
}

const steps = ['claim-target', 'fence-source', 'make-disks', 'power-on', 'mark-evacuated'];

const stories: Story[] = [
  {
    kind: 'evacuate-server',
    steps,
    prepare: (cloud) => makeServer(cloud),
    ask: evacuate,
    done: 'ACTIVE',
    // Its guest was ended before another one is made.
    failed: 'ACTIVE ERROR',
  },
  {
    kind: 'evacuate-server',
    steps: ['fence-source', 'mark-evacuated'],
    prepare: after({ 'os-stop': null }),
    ask: evacuate,
    done: 'SHUTOFF',
    failed: 'SHUTOFF',
  },
];

for (const story of stories) holdToHarness(story);
