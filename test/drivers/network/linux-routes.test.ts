import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { ip, nft } from '#drivers/network/linux/in-namespace.ts';
import type { NetworkSpec, RouterSpec } from '#drivers/network/network.ts';
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
    assert.equal(await guest.reaches('10.42.0.1'), true, 'the gateway');
    await nft(lab.uplink, [
      'table inet test { chain in { type filter hook prerouting priority -400; }; }',
      'add rule inet test in ip saddr 203.0.113.10 icmp type echo-request counter',
    ]);
    assert.equal(await guest.reaches(uplinkAddress), true, 'the uplink');
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

const farSubnet = () =>
  subnetSpec({ cidr: '10.43.0.0/16', gateway: '10.43.0.1', dhcpAddress: '10.43.0.2' });

/** A router with a leg in both and no way out. */
function joining(one: NetworkSpec, two: NetworkSpec): RouterSpec {
  const router = routerSpec(one, two);
  const leg = { portId: crypto.randomUUID(), networkId: two.id, prefixLength: 16 };
  const interfaces = [...router.interfaces, { ...leg, address: '10.43.0.1' }];
  return { ...router, externalGateway: null, interfaces };
}

test('a router joins its networks, and lets go of those that are taken from it', () =>
  withLab(async (lab, driver) => {
    const [one, two] = [networkSpec(), networkSpec({ subnets: [farSubnet()] })];
    await Promise.all([driver.ensureNetwork(one), driver.ensureNetwork(two)]);
    const router = joining(one, two);
    await driver.ensureRouter(router);
    const guest = await lab.guest(driver, portSpec(one, 1));
    const farPort = portSpec(two, 2, { rules: [rule()] });
    const fixedIps = [{ subnetId: two.subnets[0]?.id ?? '', address: '10.43.0.12' }];
    const far = await lab.unconfiguredGuest(driver, { ...farPort, fixedIps });
    await ip(far.namespace, [
      'address add 10.43.0.12/16 dev eth0',
      'route add default via 10.43.0.1',
    ]);
    assert.equal(await guest.reaches('10.43.0.12'), true);
    await driver.ensureRouter({ ...router, interfaces: router.interfaces.slice(0, 1) });
    assert.equal(await guest.pings('10.43.0.12'), false);
    assert.equal(await guest.reaches('10.42.0.1'), true);
  }));

test('a guest never reaches a metadata service beyond its own network', () =>
  withLab(async (lab, driver) => {
    const inside = networkSpec();
    const outside = externalNetworkSpec();
    await Promise.all([driver.ensureNetwork(inside), driver.ensureNetwork(outside)]);
    await driver.ensureRouter(routerSpec(inside, outside));
    // The host may itself be a guest of a cloud, whose metadata is nobody else's business.
    await ip(lab.stranger, ['address add 169.254.169.254/32 dev eth0']);
    const server = await listenIn(lab.stranger, '169.254.169.254', 80);
    try {
      const guest = await lab.guest(driver, portSpec(inside, 1));
      await ip(guest.namespace, ['route replace 169.254.169.254/32 via 10.42.0.1']);
      assert.equal(await guest.reaches(strangerAddress), true, 'the way is open');
      const attempt = connectIn(guest.namespace, '169.254.169.254', 80, 1_000);
      await assert.rejects(attempt, /no answer/);
    } finally {
      server.close();
    }
  }));
