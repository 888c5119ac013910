import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { test } from 'node:test';
import { run } from '#base/process.ts';
import type { GuestNic } from '#drivers/hypervisor/hypervisor.ts';
import { greeted } from './contract.ts';
import { makeQemuFixture } from './qemu-fixture.ts';

function nic(attachment: GuestNic['attachment'], last: string): GuestNic {
  return { portId: randomUUID(), macAddress: `fa:16:3e:00:00:${last}`, attachment };
}

test('a guest opens its taps inside their namespace without privileges', async () => {
  await using fixture = await makeQemuFixture();
  const namespace = `cumulet-t${randomUUID().slice(0, 8)}`;
  const devices = ['tap-a', 'tap-b'];
  await run('ip', ['netns', 'add', namespace]);
  try {
    for (const device of devices) {
      await run('ip', ['-n', namespace, 'tuntap', 'add', 'dev', device, 'mode', 'tap']);
      await run('ip', ['-n', namespace, 'link', 'set', device, 'up']);
    }
    const driver = await fixture.open();
    const guest = await fixture.guest('deaf');
    guest.nics = devices.map((device, n) => nic({ kind: 'tap', namespace, device }, `0${n}`));
    await driver.powerOn(guest);
    await greeted(driver, fixture, guest);
    const pid = fixture.processIds(guest.id)[0];
    assert.notEqual(readlinkSync(`/proc/${pid}/ns/net`), readlinkSync('/proc/self/ns/net'));
    // The kernel raises the carrier of a tap exactly while somebody holds it open.
    const { stdout } = await run('ip', ['-n', namespace, '-j', 'link', 'show']);
    const links = JSON.parse(stdout) as { ifname: string; flags: string[] }[];
    for (const device of devices) {
      const link = links.find(({ ifname }) => ifname === device);
      assert.ok(link?.flags.includes('LOWER_UP'), device);
    }
    await driver.remove(guest.id);
  } finally {
    await run('ip', ['netns', 'del', namespace]);
  }
});

test('taps of one guest in two namespaces are refused before anything starts', async () => {
  await using fixture = await makeQemuFixture();
  const driver = await fixture.open();
  const guest = await fixture.guest('deaf');
  guest.nics = ['a', 'b'].map((namespace, n) =>
    nic({ kind: 'tap', namespace, device: 'tap0' }, `0${n}`),
  );
  await assert.rejects(driver.powerOn(guest), /in 2 namespaces/);
  assert.deepEqual(fixture.processIds(guest.id), []);
});

test('a user-mode card gives the guest exactly the address the port has', async () => {
  await using fixture = await makeQemuFixture();
  const driver = await fixture.open();
  const guest = await fixture.guest('deaf');
  const subnet = { subnetCidr: '10.42.0.0/16', gateway: '10.42.0.1', dns: ['9.9.9.9'] };
  guest.nics = [nic({ kind: 'user', ...subnet, address: '10.42.0.3' }, '01')];
  await driver.powerOn(guest);
  const args = readFileSync(`/proc/${fixture.processIds(guest.id)[0]}/cmdline`, 'latin1');
  const network = 'net=10.42.0.0/16,host=10.42.0.1,dhcpstart=10.42.0.3,dns=10.42.0.2';
  assert.ok(args.split('\0').includes(`user,id=net-${guest.nics[0]?.portId},${network}`));
  await greeted(driver, fixture, guest);
});
