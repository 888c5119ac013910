import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { nft } from '#drivers/network/linux/in-namespace.ts';
import { countedIn } from './linux-guest.ts';
import { strangerAddress, uplinkAddress, withLab } from './linux-lab.ts';
import { connectIn, listenIn } from './namespace-sockets.ts';
import {
  externalNetworkSpec,
  networkSpec,
  portSpec,
  routerSpec,
  rule,
  subnetSpec,
} from './specs.ts';

test('guests leave by their router, hidden behind its address and then the host’s', () =>
  withLab(async (lab, driver) => {
    const inside = networkSpec();
    const outside = externalNetworkSpec();
    const router = routerSpec(inside, outside);
    await Promise.all([driver.ensureNetwork(inside), driver.ensureNetwork(outside)]);
    await driver.ensureRouter(router);
    const guest = await lab.guest(driver, portSpec(inside, 1));
    assert.equal(await guest.pings('10.42.0.1'), true, 'the gateway');
    await nft(lab.uplink, [
      'table inet test { chain in { type filter hook prerouting priority -400; }; }',
      'add rule inet test in ip saddr 203.0.113.10 icmp type echo-request counter',
    ]);
    assert.equal(await guest.pings(uplinkAddress), true, 'the uplink');
    assert.notEqual(await countedIn(lab.uplink), 0);

    const server = await listenIn(lab.stranger, strangerAddress, 7000);
    try {
      const accepted = once(server, 'connection') as Promise<[Socket]>;
      const near = await connectIn(guest.namespace, strangerAddress, 7000);
      const [far] = await accepted;
      assert.equal(far.remoteAddress, uplinkAddress);
      await driver.ensureRouter(router);
      await driver.ensureNetwork(outside);
      far.write('still here');
      assert.equal(String((await once(near, 'data'))[0]), 'still here');
      near.destroy();
      far.destroy();
    } finally {
      server.close();
    }
  }));

test('guests reach no service of the host itself', () =>
  withLab(async (lab, driver) => {
    const inside = networkSpec();
    const outside = externalNetworkSpec();
    await Promise.all([driver.ensureNetwork(inside), driver.ensureNetwork(outside)]);
    await driver.ensureRouter(routerSpec(inside, outside));
    const guest = await lab.guest(driver, portSpec(inside, 1));
    const server = await listenIn(lab.uplink, '0.0.0.0', 7001);
    try {
      const attempt = connectIn(guest.namespace, '203.0.113.1', 7001, 1_000);
      await assert.rejects(attempt, /no answer/);
    } finally {
      server.close();
    }
  }));

test('a router joins its networks, and lets go of those that are taken from it', () =>
  withLab(async (lab, driver) => {
    const one = networkSpec();
    const far = { cidr: '10.43.0.0/16', gateway: '10.43.0.1', dhcpAddress: '10.43.0.2' };
    const two = networkSpec({ subnets: [subnetSpec(far)] });
    await Promise.all([driver.ensureNetwork(one), driver.ensureNetwork(two)]);
    const leg = { portId: crypto.randomUUID(), networkId: two.id, prefixLength: 16 };
    const router = { ...routerSpec(one, two), externalGateway: null };
    const both = [...router.interfaces, { ...leg, address: '10.43.0.1' }];
    await driver.ensureRouter({ ...router, interfaces: both });
    const guest = await lab.guest(
      driver,
      portSpec(one, 1, { rules: [rule({ direction: 'egress' })] }),
    );
    assert.equal(await guest.pings('10.43.0.2'), false, 'servers of a network know no way back');
    assert.equal(await guest.pings('10.43.0.1'), true);
    await driver.ensureRouter(router);
    assert.equal(await guest.pings('10.43.0.1'), false);
    assert.equal(await guest.pings('10.42.0.1'), true);
  }));

test('a guest cannot ask the metadata service of a network it reaches only by a router', () =>
  withLab(async (lab, driver) => {
    const one = networkSpec();
    const two = networkSpec({ subnets: [subnetSpec({ gateway: null, dhcpAddress: '10.42.0.3' })] });
    await Promise.all([driver.ensureNetwork(one), driver.ensureNetwork(two)]);
    const asked: string[] = [];
    driver.onGuestConnection(({ socket, networkId }) => {
      asked.push(networkId);
      socket.end();
    });
    await driver.ensureRouter({ ...routerSpec(one, two), externalGateway: null });
    const guest = await lab.guest(driver, portSpec(one, 1));
    const socket = await connectIn(guest.namespace, '169.254.169.254', 80, 1_000).catch(() => null);
    socket?.destroy();
    assert.equal(asked.includes(two.id), false);
  }));
