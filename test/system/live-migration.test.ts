import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { systemClock } from '#base/clock.ts';
import { randomIds } from '#base/ids.ts';
import { silentLog } from '#base/log.ts';
import { hostFolder } from '#base/served-host.ts';
import { ensureNamespace, removeNamespace } from '#drivers/network/linux/in-namespace.ts';
import { networkNamespace } from '#drivers/network/linux/names.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { eventually } from '#test/eventually.ts';
import { settleAction, shown } from '#test/resizes.ts';
import { networkId } from '#test/servers.ts';
import { openDrivers } from '../../src/cloud/drivers.ts';
import { instanceOf } from '../../src/cloud/linux-options.ts';
import { leftOnHost } from '../drivers/network/linux-lab.ts';
import { Clients } from '../stories/clients.ts';
import { takesConnections } from './support/guest-shell.ts';
import type { HeldSession } from './support/held-session.ts';
import { holdsNothing } from './support/holds-nothing.ts';
import { makeSshGuest, type SshGuest } from './support/ssh-guest.ts';
import { tinyImage } from './tiny-guest.ts';

const uplink = `test-uplink-m${randomBytes(4).toString('hex')}`;
const hosts = ['east', 'west'].map((name) => ({ name, zone: 'nova' }));

async function startRealHosts(): Promise<TestCloud> {
  const settings = { hypervisor: 'qemu', network: 'linux', uplink, hosts } as const;
  const config = { ...settings, tinyImage: await tinyImage() };
  return startTestCloud({
    hosts,
    config,
    openDrivers: async (stateDirectory) => {
      const rest = { clock: systemClock, ids: randomIds, log: silentLog, say: () => undefined };
      // What drivers do not read need not be there.
      return openDrivers({ ...rest, config: { ...config, stateDirectory } as never });
    },
  });
}

const wiresTimeoutMs = 60_000;
const version = { 'openstack-api-version': 'compute 2.34' };

async function migrate(cloud: TestCloud, id: string): Promise<string> {
  const body = { 'os-migrateLive': { host: null, block_migration: 'auto' } };
  const { status } = await cloud.admin.post(`/v2.1/servers/${id}/action`, body, version);
  assert.equal(status, 202);
  await cloud.cloud.services.operations.whenIdle();
  const migrations = (await cloud.admin.get(`/v2.1/os-migrations?instance_uuid=${id}`)).body;
  assert.equal(migrations.migrations.at(-1).status, 'completed', await whyNot(cloud, id));
  return (await shown(cloud, id))['OS-EXT-SRV-ATTR:host'];
}

async function whyNot(cloud: TestCloud, id: string): Promise<string> {
  const { body } = await cloud.admin.get(`/v2.1/servers/${id}`);
  return JSON.stringify(body.server.fault ?? body);
}

describe('a real guest on one of two real hosts', () => {
  let cloud: TestCloud;
  let demo: Clients;
  let guest: SshGuest;
  let session: HeldSession;
  let boot = '';
  let instances: string[] = [];
  let fixedAddress = '';

  before(async () => {
    await ensureNamespace(uplink);
    cloud = await startRealHosts();
    const folders = hosts.map(({ name }) => hostFolder(cloud.stateDirectory, name));
    instances = [cloud.stateDirectory, ...folders].map(instanceOf);
    guest = await makeSshGuest(cloud.demo, cloud.stateDirectory);
    demo = new Clients(cloud, 'cumulet');
    fixedAddress = guest.inside.address;
    boot = await guest.inside.bootId();
    session = guest.inside.hold();
  });
  after(async () => {
    await session?.[Symbol.asyncDispose]();
    await cloud?.cloud.stopServers();
    await cloud?.[Symbol.asyncDispose]();
    await removeNamespace(uplink);
    assert.deepEqual(await leftOnHost(instances), []);
  });

  test('is reached by a floating IP as long as it has it', async () => {
    const create = 'floating ip create public -f value -c floating_ip_address';
    const address = await demo.openstack(create);
    const isReached = () => takesConnections(uplink, address, 22);
    assert.equal(await isReached(), false);
    await demo.openstack(`server add floating ip one ${address}`);
    await eventually('the world reaches the guest', isReached, wiresTimeoutMs);
    await demo.openstack(`server remove floating ip one ${address}`);
    const isCut = async () => !(await isReached());
    await eventually('the world does no more', isCut, wiresTimeoutMs);
    await eventually('its own network does', () => guest.inside.takesConnections(22));
  });

  test('speaks from a second address as long as it has it', async () => {
    // Debian's client attaches another card instead, which has a test of its own.
    const addition = { addFixedIp: { networkId: await networkId(cloud.demo) } };
    assert.equal(await settleAction(cloud, guest.id, addition), 202);
    const ips = (await cloud.demo.get(`/v2.1/servers/${guest.id}/ips`)).body.addresses.private;
    const addresses = ips.map(({ addr }: { addr: string }) => addr) as string[];
    const second = addresses.find((address) => address !== fixedAddress) ?? '';
    await session.ask(`ip address add ${second}/16 dev eth0`);
    const namespace = networkNamespace(await networkId(cloud.demo));
    const isReached = () => takesConnections(namespace, second, 22);
    await eventually('it answers from there', isReached, wiresTimeoutMs);
    const removal = { removeFixedIp: { address: second } };
    assert.equal(await settleAction(cloud, guest.id, removal), 202);
    const isCut = async () => !(await isReached());
    await eventually('it is not heard from there any more', isCut, wiresTimeoutMs);
    assert.equal(await session.ask('echo heard'), 'heard');
    await session.ask(`ip address delete ${second}/16 dev eth0`);
  });

  test('is let be reached by its groups, as they are now', async () => {
    const isReached = () => guest.inside.takesConnections(22);
    await eventually('its port is open at first', isReached, wiresTimeoutMs);
    await demo.openstack('server remove security group one default');
    const isCut = async () => !(await isReached());
    await eventually('its port is shut', isCut, wiresTimeoutMs);
    await demo.openstack('server add security group one default');
    await eventually('its port is open', isReached, wiresTimeoutMs);
    assert.equal(await guest.inside.bootId(), boot);
  });

  test('goes to the other and back, and its connection is never cut', async () => {
    const { id, adminPass } = guest;
    await session.ask('echo written before > /root/kept; sync');
    await session.ask('n=0; (while :; do n=$((n+1)); echo $n > /tmp/count; sleep 0.1; done) &');
    let counted = 0;
    for (const _ of ['there', 'and back']) {
      const before = (await shown(cloud, id))['OS-EXT-SRV-ATTR:host'];
      const after = await migrate(cloud, id);
      assert.notEqual(after, before);
      const left = (name: string) => {
        const folder = hostFolder(cloud.stateDirectory, name);
        const [guest, disk] = [`guests/${id}`, `disks/${id}.qcow2`];
        return [existsSync(join(folder, guest)), existsSync(join(folder, disk))];
      };
      assert.deepEqual(
        [left(before), left(after)],
        [
          [false, false],
          [true, true],
        ],
      );
      // The file is empty for a moment each time it is written.
      counted = await eventually('the guest counts on', async () => {
        const count = Number(await session.ask('cat /tmp/count'));
        return count > counted && count;
      });
      assert.equal(await session.ask('cat /root/kept'), 'written before');
      // Read from the disk itself, which came with the guest.
      assert.equal(
        await session.ask('dd if=/dev/vda of=/dev/null bs=1M count=8 && sync; echo $?'),
        '0',
      );
      const drive = 'echo 3 > /proc/sys/vm/drop_caches; mount -o ro -t iso9660 /dev/vdb /mnt';
      const facts = '/mnt/openstack/latest/meta_data.json';
      const look = `${drive} && grep -c -e ${adminPass} ${facts}; umount /mnt`;
      assert.equal(await session.ask(look), '1', 'the drive still has the password');
      assert.equal(await guest.inside.bootId(), boot);
    }
  });

  test('is taken to the other while it is off, with all its disks, and back to those', async () => {
    const { id, inside } = guest;
    const host = async () => (await shown(cloud, id))['OS-EXT-SRV-ATTR:host'];
    await inside.run('echo before it moved > /root/moved; sync');
    const source = await host();
    assert.equal(await settleAction(cloud, id, { migrate: null }, cloud.admin), 202);
    assert.equal((await shown(cloud, id)).status, 'VERIFY_RESIZE', await whyNot(cloud, id));
    assert.notEqual(await host(), source);
    assert.equal(await inside.run('cat /root/moved'), 'before it moved');
    await inside.run('echo what nobody wants > /root/moved; sync');
    assert.equal(await settleAction(cloud, id, { revertResize: null }, cloud.admin), 202);
    assert.equal((await shown(cloud, id)).status, 'ACTIVE', await whyNot(cloud, id));
    assert.equal(await host(), source);
    assert.equal(await inside.run('cat /root/moved'), 'before it moved');
    boot = await inside.bootId();
  });

  test('is there after a restart, and gone when it is deleted', async () => {
    const { id } = guest;
    await cloud.restart();
    assert.equal((await shown(cloud, id)).status, 'ACTIVE');
    assert.equal(await guest.inside.bootId(), boot);
    await cloud.demo.delete(`/v2.1/servers/${id}`);
    await cloud.cloud.services.operations.whenIdle();
    for (const { name } of hosts) {
      const held = await cloud.cloud.services.compute.agent.on(name).holdings();
      assert.deepEqual(held, holdsNothing, name);
    }
  });
});
