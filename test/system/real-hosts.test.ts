import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { systemClock } from '#base/clock.ts';
import { randomIds } from '#base/ids.ts';
import { silentLog } from '#base/log.ts';
import { hostFolder } from '#base/served-host.ts';
import {
  ensureNamespace,
  readLinks,
  removeNamespace,
} from '#drivers/network/linux/in-namespace.ts';
import { switchNamespace } from '#drivers/network/linux/names.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { eventually } from '#test/eventually.ts';
import { flavorId, networkId } from '#test/servers.ts';
import { openDrivers } from '../../src/cloud/drivers.ts';
import { instanceOf } from '../../src/cloud/linux-options.ts';
import { bootDisk, greeting } from '../drivers/hypervisor/boot-sector.ts';
import { leftOnHost } from '../drivers/network/linux-lab.ts';
import { holdsNothing } from './support/holds-nothing.ts';

const bootMs = 240_000;
const uplink = `test-uplink-h${randomBytes(4).toString('hex')}`;
const hosts = ['east', 'west'].map((name) => ({ name, zone: name }));

function startRealHosts(): Promise<TestCloud> {
  const settings = { hypervisor: 'qemu', network: 'linux', uplink, hosts } as const;
  return startTestCloud({
    hosts,
    config: settings,
    openDrivers: async (stateDirectory) => {
      const config = { ...settings, stateDirectory, tinyImage: null };
      const rest = { clock: systemClock, ids: randomIds, log: silentLog, say: () => undefined };
      // What drivers do not read need not be there.
      return openDrivers({ ...rest, config: config as never });
    },
  });
}

async function makeBootImage({ demo }: TestCloud): Promise<string> {
  const wanted = { name: 'boot', disk_format: 'raw', container_format: 'bare' };
  const { body } = await demo.post('/image/v2/images', wanted);
  const type = { 'content-type': 'application/octet-stream' };
  const disk = bootDisk('obedient');
  await demo.request('PUT', `/image/v2/images/${body.id}/file`, disk, type);
  return body.id;
}

/** Makes a server in the zone, which is its host's; @returns its id once it says that it runs. */
async function runIn({ demo }: TestCloud, zone: string, imageRef: string): Promise<string> {
  const [flavorRef, uuid] = [await flavorId(demo), await networkId(demo)];
  const server = { name: zone, imageRef, flavorRef, availability_zone: zone, networks: [{ uuid }] };
  const made = await demo.post('/v2.1/servers', { server });
  assert.equal(made.status, 202, JSON.stringify(made.body));
  const { id } = made.body.server;
  const ask = { 'os-getConsoleOutput': {} };
  const says = async () => {
    const { body } = await demo.post(`/v2.1/servers/${id}/action`, ask);
    return body.output?.includes(greeting);
  };
  await eventually(`the guest in ${zone} runs`, says, bootMs);
  return id;
}

test('real hosts of one machine have guests, disks and switches of their own', async () => {
  await ensureNamespace(uplink);
  let instances: string[] = [];
  try {
    await using cloud = await startRealHosts();
    const folderOf = (host: string) => hostFolder(cloud.stateDirectory, host);
    instances = [cloud.stateDirectory, ...hosts.map(({ name }) => folderOf(name))].map(instanceOf);
    const [serving = '', , ownOfWest = ''] = instances;
    const image = await makeBootImage(cloud);
    const ids = [await runIn(cloud, 'east', image), await runIn(cloud, 'west', image)];
    for (const [index, { name }] of hosts.entries()) {
      for (const [other, id] of ids.entries()) {
        assert.equal(existsSync(join(folderOf(name), 'guests', id)), index === other);
        assert.equal(existsSync(join(folderOf(name), 'disks', `${id}.qcow2`)), index === other);
      }
    }
    const tapsIn = async (instance: string) =>
      (await readLinks(switchNamespace(instance))).filter((link) => link.ifname.startsWith('tap'));
    assert.equal((await tapsIn(serving)).length, 1);
    assert.equal((await tapsIn(ownOfWest)).length, 1);
    await cloud.restart();
    const powers = await cloud.cloud.services.compute.agent.powers();
    assert.deepEqual([...powers].sort(), ids.map((id) => [id, 'running']).sort());
    for (const id of ids) {
      assert.equal((await cloud.demo.get(`/v2.1/servers/${id}`)).body.server.status, 'ACTIVE');
    }
    const stopped = await cloud.demo.post(`/v2.1/servers/${ids[1]}/action`, { 'os-stop': null });
    assert.equal(stopped.status, 202);
    await cloud.cloud.services.operations.whenIdle();
    for (const id of ids) await cloud.demo.delete(`/v2.1/servers/${id}`);
    await cloud.cloud.services.operations.whenIdle();
    for (const host of cloud.cloud.services.compute.agent.hosts()) {
      const held = await cloud.cloud.services.compute.agent.on(host).holdings();
      assert.deepEqual(held, holdsNothing, host);
    }
    await cloud.cloud.stopServers();
  } finally {
    await removeNamespace(uplink);
  }
  assert.deepEqual(await leftOnHost(instances), []);
});
