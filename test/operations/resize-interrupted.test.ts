import assert from 'node:assert/strict';
import type { TestCloud } from '#test/cloud.ts';
import { act, after, holdToHarness, type Story } from '#test/harness.ts';
import { flavorId, makeServer } from '#test/servers.ts';

async function askResize(cloud: TestCloud, id: string): Promise<string> {
  return act({ resize: { flavorRef: await flavorId(cloud.demo, 'm1.small') } })(cloud, id);
}

async function makeResized(cloud: TestCloud): Promise<string> {
  const id = await askResize(cloud, await makeServer(cloud));
  await cloud.cloud.services.operations.whenIdle();
  return id;
}

async function confirm(cloud: TestCloud, id: string): Promise<string> {
  const path = `/v2.1/servers/${id}/action`;
  assert.equal((await cloud.demo.post(path, { confirmResize: null })).status, 204);
  return id;
}

const resizing = ['power-off', 'move-disks', 'change-sides', 'power-on', 'mark-resized'];

const stories: Story[] = [
  {
    kind: 'resize-server',
    steps: resizing,
    prepare: (cloud) => makeServer(cloud),
    ask: askResize,
    done: 'VERIFY_RESIZE',
    failed: 'ACTIVE',
  },
  {
    kind: 'resize-server',
    steps: ['move-disks', 'mark-resized'],
    prepare: after({ 'os-stop': null }),
    ask: askResize,
    done: 'VERIFY_RESIZE',
    failed: 'SHUTOFF',
  },
  {
    kind: 'resize-server',
    steps: ['move-disks', 'change-sides', 'mark-resized'],
    cloud: { hosts: [{ name: 'east' }, { name: 'west' }], areApart: true },
    prepare: (cloud) => makeServer(cloud),
    ask: async ({ admin }, id) => {
      const { status } = await admin.post(`/v2.1/servers/${id}/action`, { migrate: null });
      assert.equal(status, 202);
      return id;
    },
    done: 'VERIFY_RESIZE',
    failed: 'ACTIVE',
  },
  {
    kind: 'confirm-resize',
    steps: ['drop-source', 'mark-confirmed'],
    prepare: makeResized,
    ask: confirm,
    done: 'ACTIVE',
    failed: 'VERIFY_RESIZE',
  },
  {
    kind: 'revert-resize',
    steps: ['power-off', 'take-back', 'power-on', 'mark-reverted'],
    prepare: makeResized,
    ask: act({ revertResize: null }),
    done: 'ACTIVE',
    failed: 'VERIFY_RESIZE ACTIVE ERROR',
  },
];

for (const story of stories) holdToHarness(story);
