import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '#base/clock.ts';
import { silentLog } from '#base/log.ts';
import { furtherHost, joinNetworks } from '#drivers/network/linux/joined-networks.ts';
import { openLinuxNetwork } from '#drivers/network/linux/linux-network.ts';
import type { PortSpec } from '#drivers/network/network.ts';
import { Guest } from './linux-guest.ts';
import { type LinuxLab, leftOnHost, withLab } from './linux-lab.ts';
import { networkSpec, portSpec, rule } from './specs.ts';

/** A further host beside the lab's own, which serves the networks. */
async function openSecondHost(lab: LinuxLab) {
  const instanceId = `${lab.instanceId}b`;
  const own = await openLinuxNetwork({
    instanceId,
    servedBy: lab.instanceId,
    clock: systemClock,
    log: silentLog,
    uplink: { kind: 'namespace', name: lab.uplink },
  });
  return { instanceId, own };
}

test('guests of one network on two hosts are neighbours, filtered on both', async () => {
  let names: string[] = [];
  await withLab(async (lab, serving) => {
    const { instanceId, own } = await openSecondHost(lab);
    names = [lab.instanceId, instanceId];
    const all = joinNetworks(serving, [own]);
    const second = furtherHost(serving, own);
    const network = networkSpec();
    const [here, there] = [portSpec(network, 1), portSpec(network, 2)];
    const guests: Guest[] = [];
    try {
      await all.ensureNetwork(network);
      const near = await lab.guest(serving, here);
      const plug = async (port: PortSpec) => {
        const guest = await Guest.make(instanceId, port);
        guests.push(guest);
        await second.ensureNetwork(network);
        await second.ensureNetwork(network);
        assert.deepEqual(await second.plugPort(port), {
          kind: 'tap',
          namespace: `cumulet-switch-${instanceId}`,
          device: `tap${port.id.replaceAll('-', '').slice(0, 11)}`,
        });
        return guest;
      };
      const far = await plug(there);
      const lease = await far.askDhcp();
      assert.equal(lease.get('ip'), far.address);
      assert.equal(lease.get('router'), '10.42.0.1');
      await far.configure();
      assert.equal(await far.reaches('10.42.0.2'), true, 'the servers on the first host');
      assert.equal(await near.pings(far.address), false, 'its own rules let nobody in');
      // The network service knows no hosts: it tells all of them.
      const open = { rules: [rule({ direction: 'egress' }), rule({ protocol: 'icmp' })] };
      await all.updatePort({ ...there, ...open });
      assert.equal(await near.reaches(far.address), true);
      assert.equal(await far.pings(near.address), false, 'rules of the other side');
      await all.updatePort({ ...here, ...open });
      assert.equal(await far.reaches(near.address), true);
      assert.deepEqual((await second.inventory()).portIds, [there.id]);
      assert.deepEqual((await all.inventory()).portIds, [here.id, there.id].sort());
      await all.unplugPort(there.id);
      assert.deepEqual((await all.inventory()).portIds, [here.id]);
      assert.equal(await near.pings(far.address), false);
      await all.unplugPort(here.id);
      await all.removeNetwork(network.id);
      assert.deepEqual((await all.inventory()).networkIds, []);
    } finally {
      await Promise.all(guests.map((guest) => guest.remove()));
      await own.removeAll();
    }
  });
  assert.deepEqual(await leftOnHost(names), []);
});
