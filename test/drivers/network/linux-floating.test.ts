import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { nft } from '#drivers/network/linux/in-namespace.ts';
import type { RouterSpec } from '#drivers/network/network.ts';
import { countedIn, type Guest } from './linux-guest.ts';
import { uplinkAddress, withLab } from './linux-lab.ts';
import { connectIn, listenIn } from './namespace-sockets.ts';
import { externalNetworkSpec, networkSpec, portSpec, routerSpec, rule } from './specs.ts';

const floating = '203.0.113.50';

/** A router between two networks, and a listening guest inside that anyone may speak to. */
async function withServer(
  body: (lab: {
    uplink: string;
    accepted: () => Promise<Socket>;
    guest: Guest;
    neighbour: Guest;
    translate: (floatingIps: RouterSpec['floatingIps']) => Promise<void>;
  }) => Promise<void>,
): Promise<void> {
  await withLab(async (lab, driver) => {
    const inside = networkSpec();
    const outside = externalNetworkSpec();
    const router = routerSpec(inside, outside);
    await Promise.all([driver.ensureNetwork(inside), driver.ensureNetwork(outside)]);
    const translate = (floatingIps: RouterSpec['floatingIps'] = []) =>
      driver.ensureRouter({ ...router, floatingIps });
    await translate([]);
    const open = { rules: [rule(), rule({ direction: 'egress' })] };
    const guest = await lab.guest(driver, portSpec(inside, 1, open));
    const neighbour = await lab.guest(driver, portSpec(inside, 2, open));
    const server = await listenIn(guest.namespace, '10.42.0.11', 7000);
    try {
      const accepted = async () => ((await once(server, 'connection')) as [Socket])[0];
      await body({ uplink: lab.uplink, accepted, guest, neighbour, translate });
    } finally {
      server.close();
    }
  });
}

const one = [{ address: floating, fixedAddress: '10.42.0.11' }];

test('a guest is reached at its floating IP, by strangers and by its own neighbours', () =>
  withServer(async ({ uplink, accepted, neighbour, translate }) => {
    await assert.rejects(connectIn(uplink, floating, 7000, 500));
    await translate(one);
    for (const from of [uplink, neighbour.namespace]) {
      const waiting = accepted();
      const near = await connectIn(from, floating, 7000);
      const far = await waiting;
      far.write('hello');
      assert.equal(String((await once(near, 'data'))[0]), 'hello');
      near.destroy();
      far.destroy();
    }
  }));

test('a guest goes out under its floating IP, as long as it has it', () =>
  withServer(async ({ uplink, guest, translate }) => {
    await nft(uplink, [
      'table inet test { chain in { type filter hook prerouting priority -400; }; }',
      `add rule inet test in ip saddr ${floating} icmp type echo-request counter`,
    ]);
    assert.equal(await guest.reaches(uplinkAddress), true);
    assert.equal(await countedIn(uplink), 0);
    await translate(one);
    assert.equal(await guest.reaches(uplinkAddress), true);
    assert.notEqual(await countedIn(uplink), 0);
  }));

test('a floating IP that is taken away ends what went by it', () =>
  withServer(async ({ uplink, accepted, translate }) => {
    await translate(one);
    const waiting = accepted();
    const near = await connectIn(uplink, floating, 7000);
    const far = await waiting;
    await translate([]);
    far.write('too late');
    const heard = await Promise.race([
      once(near, 'data').then(() => true),
      new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 700)),
    ]);
    assert.equal(heard, false);
    await assert.rejects(connectIn(uplink, floating, 7000, 500));
    near.destroy();
    far.destroy();
  }));
