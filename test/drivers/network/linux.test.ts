import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { readLink } from '#drivers/network/linux/in-namespace.ts';
import { probeLinuxNetwork } from '#drivers/network/linux/linux-network.ts';
import { networkContract } from './contract.ts';
import type { Guest } from './linux-guest.ts';
import { LinuxLab, leftOnHost, withLab } from './linux-lab.ts';
import { connectIn } from './namespace-sockets.ts';
import { externalNetworkSpec, networkSpec, portSpec, routerSpec } from './specs.ts';

networkContract('linux', async () => {
  const lab = await LinuxLab.make();
  const guests = new Map<string, Guest>();
  return {
    open: () => lab.open(),
    survivesReopening: true,
    askMetadata: async (driver, _network, port) => {
      // A namespace can ask, a tap without a hypervisor cannot: it takes the tap's place.
      if (!guests.has(port.id)) await driver.unplugPort(port.id);
      const guest = guests.get(port.id) ?? (await lab.guest(driver, port));
      guests.set(port.id, guest);
      return text(await connectIn(guest.namespace, '169.254.169.254', 80));
    },
    close: () => lab.close(),
  };
});

test('the probe says that Linux wires work here, and leaves nothing', async () => {
  const probe = await probeLinuxNetwork();
  assert.equal(probe.works, true, probe.reason);
  assert.deepEqual(await leftOnHost([`cumulet-probe-${process.pid}`]), []);
});

test('nothing is left on the host after everything was removed', () =>
  withLab(async (lab, driver) => {
    const network = networkSpec();
    const outside = externalNetworkSpec();
    const router = routerSpec(network, outside);
    await Promise.all([driver.ensureNetwork(network), driver.ensureNetwork(outside)]);
    await driver.ensureRouter(router);
    await driver.plugPort(portSpec(network, 1));
    const names = [`-${lab.instanceId}`, `/${lab.instanceId}/`, network.id, outside.id, router.id];
    assert.notDeepEqual(await leftOnHost(names), []);
    await driver.removeAll();
    const left = await leftOnHost(names);
    assert.deepEqual(left.sort(), [lab.stranger, lab.uplink].sort());
    const links = await readLink(lab.uplink, `cum${outside.id.replaceAll('-', '').slice(0, 11)}`);
    assert.equal(links, null);
  }));

/** A hypervisor without a machine that holds the tap open, as nobody and without rights. */
function openTap(namespace: string, device: string) {
  const netdev = `tap,id=n0,ifname=${device},script=no,downscript=no`;
  const unprivileged = ['--reuid=65534', '--regid=65534', '--clear-groups', '--bounding-set=-all'];
  const qemu = ['qemu-system-x86_64', '-machine', 'none', '-nodefaults', '-display', 'none'];
  const monitor = ['-chardev', 'stdio,id=m', '-mon', 'chardev=m,mode=control'];
  return spawn(
    'nsenter',
    [`--net=/run/netns/${namespace}`, '--', 'setpriv', ...unprivileged, '--inh-caps=-all'].concat(
      qemu,
      monitor,
      ['-netdev', netdev],
    ),
    { stdio: ['pipe', 'pipe', 'ignore'] },
  );
}

function refused(): never {
  throw new Error('the hypervisor ended at once');
}

test('an unprivileged hypervisor opens the tap, and keeps it while the port is plugged again', () =>
  withLab(async (_lab, driver) => {
    const network = networkSpec();
    const port = portSpec(network, 1);
    await driver.ensureNetwork(network);
    const wire = await driver.plugPort(port);
    assert.equal(wire.kind, 'tap');
    if (wire.kind !== 'tap') return;
    const hypervisor = openTap(wire.namespace, wire.device);
    const ended = once(hypervisor, 'exit');
    const carrier = async () => {
      const link = await readLink(wire.namespace, wire.device);
      return [link?.flags.includes('LOWER_UP'), link?.mtu];
    };
    try {
      await Promise.race([once(hypervisor.stdout, 'data'), ended.then(refused)]);
      assert.deepEqual(await carrier(), [true, network.mtu]);
      await driver.plugPort(port);
      await driver.updatePort({ ...port, rules: [] });
      assert.deepEqual(await carrier(), [true, network.mtu]);
      await driver.unplugPort(port.id);
      assert.equal(await readLink(wire.namespace, wire.device), null);
    } finally {
      hypervisor.kill();
      await ended;
    }
  }));

test('a malformed spec is refused before it reaches a command', () =>
  withLab(async (_lab, driver) => {
    const network = networkSpec();
    const port = portSpec(network, 1);
    const badly = [
      driver.ensureNetwork({ ...network, id: '../../etc' }),
      driver.plugPort({ ...port, hostname: 'a\ndhcp-script=/bin/sh' }),
      driver.plugPort({ ...port, macAddress: 'fa:16:3e:00:00:01 accept' }),
      driver.plugPort({ ...port, fixedIps: [{ subnetId: '', address: '10.42.0.9 } accept' }] }),
      driver.unplugPort('x; reboot'),
    ];
    for (const attempt of badly) await assert.rejects(attempt, /malformed/);
    assert.deepEqual(await driver.inventory(), { networkIds: [], routerIds: [], portIds: [] });
  }));
