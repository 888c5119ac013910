import assert from 'node:assert/strict';
import type { TestCloud } from '#test/cloud.ts';
import { act, after, holdToHarness, type Story } from '#test/harness.ts';
import { makeServer, serverBody } from '#test/servers.ts';

async function askForServer(cloud: TestCloud): Promise<string> {
  const made = await cloud.demo.post('/v2.1/servers', await serverBody(cloud.demo));
  assert.equal(made.status, 202);
  return made.body.server.id;
}

async function attachCard(cloud: TestCloud, id: string): Promise<string> {
  const { status } = await cloud.demo.post(`/v2.1/servers/${id}/os-interface`, {
    interfaceAttachment: {},
  });
  assert.equal(status, 200);
  return id;
}

async function detachCard(cloud: TestCloud, id: string): Promise<string> {
  const path = `/v2.1/servers/${id}/os-interface`;
  const card = (await cloud.demo.get(path)).body.interfaceAttachments.at(-1);
  assert.equal((await cloud.demo.delete(`${path}/${card.port_id}`)).status, 202);
  return id;
}

const stories: Story[] = [
  {
    kind: 'create-server',
    steps: ['allocate-ports', 'make-disks', 'power-on', 'mark-active'],
    prepare: async () => '',
    ask: askForServer,
    done: 'ACTIVE',
    failed: 'ERROR',
  },
  {
    kind: 'start-server',
    steps: ['power-on', 'mark-active'],
    prepare: after({ 'os-stop': null }),
    ask: act({ 'os-start': null }),
    done: 'ACTIVE',
    failed: 'SHUTOFF',
  },
  {
    kind: 'stop-server',
    steps: ['power-off', 'mark-stopped'],
    prepare: (cloud) => makeServer(cloud),
    ask: act({ 'os-stop': null }),
    done: 'SHUTOFF',
    failed: 'ACTIVE ERROR',
  },
  {
    kind: 'reboot-server',
    steps: ['power-off', 'power-on', 'mark-active'],
    prepare: (cloud) => makeServer(cloud),
    ask: act({ reboot: { type: 'SOFT' } }),
    done: 'ACTIVE',
    failed: 'ACTIVE ERROR',
  },
  {
    kind: 'delete-server',
    steps: ['remove-guest', 'remove-wires', 'release-ports', 'remove-disks', 'mark-deleted'],
    prepare: (cloud) => makeServer(cloud),
    ask: async (cloud, id) => {
      assert.equal((await cloud.demo.delete(`/v2.1/servers/${id}`)).status, 204);
      return id;
    },
    done: 'gone',
    failed: 'ACTIVE ERROR',
  },
  {
    kind: 'attach-interface',
    steps: ['plug-card'],
    prepare: (cloud) => makeServer(cloud),
    ask: attachCard,
    done: 'ACTIVE',
    failed: 'ACTIVE',
  },
  {
    kind: 'detach-interface',
    steps: ['unplug-card', 'release-port'],
    prepare: async (cloud) => {
      const id = await makeServer(cloud);
      await attachCard(cloud, id);
      await cloud.cloud.services.operations.whenIdle();
      return id;
    },
    ask: detachCard,
    done: 'ACTIVE',
    failed: 'ACTIVE',
  },
];

for (const story of stories) holdToHarness(story);
