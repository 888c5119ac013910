import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Client } from '#test/client.ts';
import { eventually } from '#test/eventually.ts';
import { flavorId, networkId } from '#test/servers.ts';
import { bootDisk, greeting } from '../drivers/hypervisor/boot-sector.ts';
import { KilledCloud } from './support/killed-cloud.ts';
import type { StopAt } from './support/serve-until-step.ts';

const restMs = 60_000;

/** An operation, the step at which the process is killed, and what was promised. */
interface Story {
  stopAt: StopAt;
  /** Actions that bring a new server to where the operation may be asked for. */
  before: object[];
  ask: object | 'create' | 'delete';
  promised: 'ACTIVE' | 'SHUTOFF' | 'gone';
}

const stories: Story[] = [
  {
    stopAt: { kind: 'create-server', step: 'power-on', moment: 'after' },
    before: [],
    ask: 'create',
    promised: 'ACTIVE',
  },
  {
    stopAt: { kind: 'start-server', step: 'power-on', moment: 'after' },
    before: [{ 'os-stop': null }],
    ask: { 'os-start': null },
    promised: 'ACTIVE',
  },
  {
    stopAt: { kind: 'stop-server', step: 'power-off', moment: 'after' },
    before: [],
    ask: { 'os-stop': null },
    promised: 'SHUTOFF',
  },
  {
    stopAt: { kind: 'reboot-server', step: 'power-on', moment: 'before' },
    before: [],
    ask: { reboot: { type: 'SOFT' } },
    promised: 'ACTIVE',
  },
  {
    stopAt: { kind: 'delete-server', step: 'remove-wires', moment: 'after' },
    before: [],
    ask: 'delete',
    promised: 'gone',
  },
];

/** A disk that boots in a moment and obeys the power button. */
async function makeImage(client: Client): Promise<string> {
  const wanted = { name: 'boot', disk_format: 'raw', container_format: 'bare' };
  const { body } = await client.post('/image/v2/images', wanted);
  const type = { 'content-type': 'application/octet-stream' };
  const disk = bootDisk('obedient');
  const put = await client.request('PUT', `/image/v2/images/${body.id}/file`, disk, type);
  assert.equal(put.status, 204, JSON.stringify(put.body));
  return body.id;
}

async function createServer(client: Client): Promise<string> {
  const server = {
    name: 'one',
    imageRef: await makeImage(client),
    flavorRef: await flavorId(client),
    networks: [{ uuid: await networkId(client) }],
  };
  const { status, body } = await client.post('/v2.1/servers', { server });
  assert.equal(status, 202, JSON.stringify(body));
  return body.server.id;
}

async function act(client: Client, serverId: string, action: object): Promise<void> {
  const { status } = await client.post(`/v2.1/servers/${serverId}/action`, action);
  assert.equal(status, 202);
}

/** Waits until nothing more happens to the server. @returns its status, or `gone`. */
function atRest(cloud: KilledCloud, serverId: string): Promise<string> {
  return eventually(
    'the server is at rest',
    async () => {
      const { status, body } = await cloud.demo.get(`/v2.1/servers/${serverId}`);
      if (status === 404) return 'gone';
      return body.server['OS-EXT-STS:task_state'] === null && body.server.status;
    },
    restMs,
  );
}

async function greets(cloud: KilledCloud, serverId: string): Promise<void> {
  await eventually('the guest greets', async () => {
    const path = `/v2.1/servers/${serverId}/action`;
    const { body } = await cloud.demo.post(path, { 'os-getConsoleOutput': {} });
    return String(body.output).includes(greeting);
  });
}

async function portIdsOf(cloud: KilledCloud, serverId: string): Promise<string[]> {
  const { body } = await cloud.demo.get(`/network/v2.0/ports?device_id=${serverId}`);
  return body.ports.map((port: { id: string }) => port.id);
}

/** Asks for the operation; @returns the server, which for a creation is only known now. */
async function prepareAndAsk(cloud: KilledCloud, story: Story): Promise<string> {
  const { demo } = cloud;
  const serverId = await createServer(demo);
  if (story.ask === 'create') return serverId;
  assert.equal(await atRest(cloud, serverId), 'ACTIVE');
  await greets(cloud, serverId);
  for (const action of story.before) {
    await act(demo, serverId, action);
    await atRest(cloud, serverId);
  }
  if (story.ask !== 'delete') await act(demo, serverId, story.ask);
  else assert.equal((await demo.delete(`/v2.1/servers/${serverId}`)).status, 204);
  return serverId;
}

describe('on QEMU and Linux wires', () => {
  for (const story of stories) {
    const { kind, step, moment } = story.stopAt;
    test(`${kind} killed ${moment} ${step} is finished by the next process`, async () => {
      await using cloud = await KilledCloud.start(story.stopAt);
      const serverId = await prepareAndAsk(cloud, story);
      const portIds = await portIdsOf(cloud, serverId);
      await cloud.untilStep();
      const before = cloud.processIds(serverId);
      await cloud.killAndServe();
      assert.equal(await atRest(cloud, serverId), story.promised);
      const guests = cloud.processIds(serverId);
      assert.equal(guests.length, story.promised === 'ACTIVE' ? 1 : 0);
      // A guest that runs already is adopted, not started again.
      if (before.length > 0) assert.deepEqual(guests, before);
      if (story.promised === 'ACTIVE') await greets(cloud, serverId);
      portIds.push(...(await portIdsOf(cloud, serverId)));
      assert.ok(portIds.length > 0);
      if (story.promised !== 'gone') await cloud.demo.delete(`/v2.1/servers/${serverId}`);
      assert.equal(await atRest(cloud, serverId), 'gone');
      assert.deepEqual(await cloud.traces(serverId, portIds), []);
    });
  }
});
