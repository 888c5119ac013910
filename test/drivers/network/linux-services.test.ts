import assert from 'node:assert/strict';
import { text } from 'node:stream/consumers';
import { describe, test } from 'node:test';
import { withLab } from './linux-lab.ts';
import { connectIn, sendDatagramIn } from './namespace-sockets.ts';
import { networkSpec, portSpec, rule, subnetSpec } from './specs.ts';

describe('DHCP and metadata of Linux wires', { concurrency: 2 }, () => {
  test('DHCP gives exactly what the API gave', () =>
    withLab(async (lab, driver) => {
      const hostRoutes = [{ destination: '10.9.0.0/16', nextHop: '10.42.0.7' }];
      const network = networkSpec({ subnets: [subnetSpec({ hostRoutes })] });
      await driver.ensureNetwork(network);
      const guest = await lab.unconfiguredGuest(driver, portSpec(network, 1, { rules: [] }));
      const answer = await guest.askDhcp();
      const routes = '169.254.169.254/32 10.42.0.2 10.9.0.0/16 10.42.0.7 0.0.0.0/0 10.42.0.1';
      const given = Object.fromEntries(answer);
      assert.equal(given.ip, '10.42.0.11');
      assert.equal(given.mask, '16');
      assert.equal(given.router, '10.42.0.1');
      assert.equal(given.dns, '192.0.2.53');
      assert.equal(given.mtu, '1450');
      assert.equal(given.hostname, 'guest-1');
      assert.equal(given.domain, 'novalocal');
      assert.equal(given.staticroutes, routes);
      assert.equal(given.serverid, '10.42.0.2');
    }));

  test('DHCP answers nobody that was not plugged, and nobody any more once unplugged', () =>
    withLab(async (lab, driver) => {
      const network = networkSpec();
      await driver.ensureNetwork(network);
      const trusted = { portSecurityEnabled: false };
      const guest = await lab.unconfiguredGuest(driver, portSpec(network, 1, trusted));
      await guest.askDhcp();
      await driver.updatePort({ ...guest.port, macAddress: 'fa:16:3e:ff:ff:ff' });
      await assert.rejects(guest.askDhcp());
    }));

  test('an address that one port held is given to the next port at once', () =>
    withLab(async (lab, driver) => {
      const network = networkSpec();
      await driver.ensureNetwork(network);
      const first = await lab.unconfiguredGuest(driver, portSpec(network, 1));
      await first.askDhcp();
      await driver.unplugPort(first.port.id);
      const heir = portSpec(network, 2, { fixedIps: first.port.fixedIps });
      const second = await lab.unconfiguredGuest(driver, heir);
      assert.equal((await second.askDhcp()).get('ip'), '10.42.0.11');
    }));

  test('DHCP serves on after a subnet was changed', () =>
    withLab(async (lab, driver) => {
      const network = networkSpec();
      await driver.ensureNetwork(network);
      const guest = await lab.unconfiguredGuest(driver, portSpec(network, 1));
      assert.equal((await guest.askDhcp()).get('dns'), '192.0.2.53');
      const subnets = network.subnets.map((one) => ({ ...one, dnsServers: ['192.0.2.54'] }));
      await driver.ensureNetwork({ ...network, subnets });
      assert.equal((await guest.askDhcp()).get('dns'), '192.0.2.54');
    }));

  test('a guest cannot play the DHCP server', () =>
    withLab(async (lab, driver) => {
      const network = networkSpec();
      await driver.ensureNetwork(network);
      const all = [rule(), rule({ direction: 'egress' })];
      const rogue = await lab.guest(driver, portSpec(network, 1, { rules: all }));
      const victim = await lab.guest(driver, portSpec(network, 2, { rules: all }));
      const arrived = await victim.count('udp sport 67');
      await sendDatagramIn(rogue.namespace, 67, victim.address, 68);
      // What was sent later has arrived: so what was sent before and is not there never will.
      assert.equal(await rogue.reaches(victim.address), true);
      assert.equal(await arrived(), 0);
      await driver.updatePort({ ...rogue.port, portSecurityEnabled: false });
      await sendDatagramIn(rogue.namespace, 67, victim.address, 68);
      assert.equal(await rogue.reaches(victim.address), true);
      assert.equal(await arrived(), 1);
    }));

  test('two networks with the same addresses are told apart by the metadata service', () =>
    withLab(async (lab, driver) => {
      const networks = [networkSpec(), networkSpec()];
      driver.onGuestConnection(({ socket, networkId, address }) => {
        socket.end(`${networkId} ${address}`);
      });
      for (const network of networks) {
        await driver.ensureNetwork(network);
        const guest = await lab.guest(driver, portSpec(network, 1, { rules: [] }));
        const answer = text(await connectIn(guest.namespace, '169.254.169.254', 80));
        assert.equal(await answer, `${network.id} 10.42.0.11`);
      }
    }));
});
