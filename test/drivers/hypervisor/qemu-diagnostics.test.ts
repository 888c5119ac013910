import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { run } from '#base/process.ts';
import { parseCards, parseTraffic } from '#drivers/hypervisor/qemu/diagnostics.ts';
import { eventually } from '#test/eventually.ts';
import { greeted } from './contract.ts';
import { makeQemuFixture } from './qemu-fixture.ts';

test('figures are real: what a guest read and computed, and what its tap carried', async () => {
  await using fixture = await makeQemuFixture();
  const namespace = `cumulet-t${randomUUID().slice(0, 8)}`;
  await run('ip', ['netns', 'add', namespace]);
  try {
    await run('ip', ['-n', namespace, 'tuntap', 'add', 'dev', 'tap-a', 'mode', 'tap']);
    await run('ip', ['-n', namespace, 'link', 'set', 'tap-a', 'up']);
    const driver = await fixture.open();
    const attachment = { kind: 'tap', namespace, device: 'tap-a' } as const;
    const macAddress = 'fa:16:3e:00:00:01';
    const nics = [{ portId: randomUUID(), macAddress, attachment }];
    const guest = { ...(await fixture.guest('deaf')), nics };
    await driver.powerOn(guest);
    await greeted(driver, fixture, guest);
    const found = await eventually('processor time', async () => {
      const now = await driver.diagnostics(guest.id);
      return (now?.cpuTimesNs[0] ?? 0) > 0 ? now : undefined;
    });
    assert.ok(found.usedMemoryMib > 0);
    // The firmware read at least the sector that greets.
    assert.ok((found.disks[0]?.readBytes ?? 0) >= 512);
    assert.ok((found.disks[0]?.readRequests ?? 0) >= 1);
    const [nic] = found.nics;
    assert.deepEqual([nic?.macAddress, nic?.device], [macAddress, 'tap-a']);
    assert.equal(nic?.sent?.octets, 0);
    assert.ok((nic?.received?.octets ?? -1) >= 0);
    await driver.remove(guest.id);
  } finally {
    await run('ip', ['netns', 'del', namespace]);
  }
});

test("cards are read from the monitor's words, wires below them", () => {
  const text = [
    'nic-1: index=0,type=nic,model=virtio-net-pci,macaddr=fa:16:3e:00:00:01',
    ' \\ net-1: index=0,type=tap,ifname=tap-a,script=no,downscript=no',
    'nic-2: index=0,type=nic,model=virtio-net-pci,macaddr=fa:16:3e:00:00:02',
    ' \\ net-2: index=0,type=user,net=10.42.0.0,restrict=off',
    '',
  ].join('\r\n');
  assert.deepEqual(parseCards(text), [
    { macAddress: 'fa:16:3e:00:00:01', device: 'tap-a' },
    { macAddress: 'fa:16:3e:00:00:02', device: null },
  ]);
  assert.deepEqual(parseCards('what is this?'), []);
});

test("traffic is read from the kernel's table", () => {
  const text = [
    'Inter-|   Receive                                                |  Transmit',
    ' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop',
    ' tap-a:    1500      15    1    2    0     0          0         0     2600      26    3    4',
    '',
  ].join('\n');
  assert.deepEqual(parseTraffic(text).get('tap-a'), {
    received: { octets: 1500, packets: 15, errors: 1, dropped: 2 },
    sent: { octets: 2600, packets: 26, errors: 3, dropped: 4 },
  });
  assert.equal(parseTraffic('').size, 0);
});
