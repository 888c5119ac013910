import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { systemClock } from '#base/clock.ts';
import { randomIds } from '#base/ids.ts';
import { silentLog } from '#base/log.ts';
import { hostFolder } from '#base/served-host.ts';
import { ensureNamespace, removeNamespace } from '#drivers/network/linux/in-namespace.ts';
import { startTestCloud, type TestCloud, type TestCloudOptions } from '#test/cloud.ts';
import { eventually } from '#test/eventually.ts';
import { shown } from '#test/resizes.ts';
import { flavorId, networkId } from '#test/servers.ts';
import { type Drivers, openDrivers } from '../../src/cloud/drivers.ts';
import { instanceOf } from '../../src/cloud/linux-options.ts';
import { bootDisk, greeting } from '../drivers/hypervisor/boot-sector.ts';
import { leftOnHost } from '../drivers/network/linux-lab.ts';
import { holdsNothing } from './support/holds-nothing.ts';

const bootMs = 240_000;
const uplink = `test-uplink-e${randomBytes(4).toString('hex')}`;
const near = { name: 'near', zone: 'near' };
const far = ['west', 'north'].map((name) => ({ name, zone: 'far' }));

/** A cloud of these real hosts; `opened` has the drivers that were opened last. */
function withHosts(hosts: { name: string; zone: string }[], opened: { drivers?: Drivers }) {
  const settings = { hypervisor: 'qemu', network: 'linux', uplink, hosts } as const;
  const options: TestCloudOptions = {
    hosts,
    config: settings,
    openDrivers: async (stateDirectory) => {
      const config = { ...settings, stateDirectory, tinyImage: null };
      const rest = { clock: systemClock, ids: randomIds, log: silentLog, say: () => undefined };
      // What drivers do not read need not be there.
      opened.drivers = await openDrivers({ ...rest, config: config as never });
      return opened.drivers;
    },
  };
  return options;
}

async function makeServer({ demo, cloud }: TestCloud): Promise<string> {
  const wanted = { name: 'boot', disk_format: 'raw', container_format: 'bare' };
  const { id: imageRef } = (await demo.post('/image/v2/images', wanted)).body;
  const type = { 'content-type': 'application/octet-stream' };
  await demo.request('PUT', `/image/v2/images/${imageRef}/file`, bootDisk('obedient'), type);
  const [flavorRef, uuid] = [await flavorId(demo), await networkId(demo)];
  const networks = [{ uuid }];
  const server = { name: 'one', imageRef, flavorRef, availability_zone: 'far', networks };
  const made = await demo.post('/v2.1/servers', { server });
  assert.equal(made.status, 202, JSON.stringify(made.body));
  await cloud.services.operations.whenIdle();
  return made.body.server.id;
}

async function greets({ demo }: TestCloud, id: string): Promise<void> {
  const ask = { 'os-getConsoleOutput': {} };
  await eventually(
    'the guest runs',
    async () => {
      const { body } = await demo.post(`/v2.1/servers/${id}/action`, ask);
      return body.output?.includes(greeting);
    },
    bootMs,
  );
}

test('a real guest of a host that nobody serves is ended before it runs elsewhere', async () => {
  await ensureNamespace(uplink);
  let instances: string[] = [];
  try {
    const opened: { drivers?: Drivers } = {};
    await using cloud = await startTestCloud(withHosts([near, ...far], opened));
    const folderOf = (host: string) => hostFolder(cloud.stateDirectory, host);
    const folders = [near, ...far].map(({ name }) => folderOf(name));
    instances = [cloud.stateDirectory, ...folders].map(instanceOf);
    const id = await makeServer(cloud);
    await greets(cloud, id);
    const source: string = (await shown(cloud, id))['OS-EXT-SRV-ATTR:host'];
    const guest = await opened.drivers?.hosts?.get(source)?.hypervisor.guest(id);
    const process = `/proc/${guest?.processId}/exe`;
    const left = [near, ...far.filter(({ name }) => name !== source)];
    await cloud.restart(withHosts(left, opened));
    assert.ok(existsSync(process), 'its process goes on although its host is not served');
    const path = `/v2.1/servers/${id}/action`;
    const version = { 'openstack-api-version': 'compute 2.94' };
    assert.equal((await cloud.admin.post(path, { evacuate: {} }, version)).status, 200);
    await cloud.cloud.services.operations.whenIdle();
    assert.equal(existsSync(process), false);
    const server = await shown(cloud, id);
    const target: string = server['OS-EXT-SRV-ATTR:host'];
    assert.equal(server.status, 'ACTIVE', server.fault?.details);
    assert.deepEqual([source, target].sort(), ['north', 'west']);
    await greets(cloud, id);
    const disk = (host: string) => join(folderOf(host), 'disks', `${id}.qcow2`);
    assert.deepEqual([existsSync(disk(source)), existsSync(disk(target))], [true, true]);
    // The host is back, with all that it had.
    await cloud.restart(withHosts([near, ...far], opened));
    assert.deepEqual([existsSync(disk(source)), existsSync(disk(target))], [false, true]);
    assert.equal((await shown(cloud, id)).status, 'ACTIVE');
    const { agent } = cloud.cloud.services.compute;
    assert.deepEqual(await agent.on(source).holdings(), holdsNothing);
    await cloud.demo.delete(`/v2.1/servers/${id}`);
    await cloud.cloud.services.operations.whenIdle();
    assert.deepEqual(await agent.on(target).holdings(), holdsNothing);
    await cloud.cloud.stopServers();
  } finally {
    await removeNamespace(uplink);
  }
  assert.deepEqual(await leftOnHost(instances), []);
});
