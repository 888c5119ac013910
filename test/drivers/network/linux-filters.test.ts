import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { describe, test } from 'node:test';
import { systemClock } from '#base/clock.ts';
import { ip, runIn } from '#drivers/network/linux/in-namespace.ts';
import type { Guest } from './linux-guest.ts';
import { withLab } from './linux-lab.ts';
import { connectIn, listenIn, sendDatagramIn } from './namespace-sockets.ts';
import { networkSpec, portSpec, rule, subnetSpec } from './specs.ts';

const egress = rule({ direction: 'egress' });
const service = rule({ protocol: 'tcp', portMin: 5000, portMax: 5000 });
const droppedAfterMs = 1_000;

async function addsArpEntry(speaker: Guest, hearer: Guest, address: string): Promise<boolean> {
  await runIn(hearer.namespace, 'sysctl', ['-qw', 'net.ipv4.conf.eth0.arp_accept=1']);
  const claim = ['arping', '-U', '-c', '1', '-w', '1', '-I', 'eth0', '-s', address, address];
  await runIn(speaker.namespace, 'busybox', claim).catch(() => undefined);
  await speaker.pings(hearer.address);
  const { stdout } = await runIn(hearer.namespace, 'ip', ['neigh', 'show', address]);
  return stdout.includes(speaker.port.macAddress);
}

/** Lets a DHCP server of the guest's own announce itself as router until one has gone out. */
async function advertiseRoutes(guest: Guest): Promise<void> {
  const sent = await guest.count('icmpv6 type nd-router-advert', 'output');
  const options = ['--enable-ra', '--dhcp-range=::,constructor:eth0,ra-only', '--interface=eth0'];
  const quiet = ['--conf-file=/dev/null', '--port=0', '--log-facility=/dev/null', '--pid-file'];
  const dnsmasq = ['dnsmasq', '--keep-in-foreground', '--leasefile-ro', ...quiet, ...options];
  const child = spawn('nsenter', [`--net=/run/netns/${guest.namespace}`, '--', ...dnsmasq], {
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  const deadline = AbortSignal.timeout(20_000);
  try {
    while ((await sent()) === 0) await systemClock.sleep(50, deadline);
  } finally {
    child.kill();
    await ended;
  }
}

/** Sends a line and says whether it came out at the other end within so long. */
async function carries(from: Socket, to: Socket, line: string, withinMs = 15_000) {
  const heard = once(to, 'data', { signal: AbortSignal.timeout(withinMs) });
  from.write(line);
  return heard.then(
    ([chunk]) => String(chunk) === line,
    () => false,
  );
}

describe('filters of Linux wires', { concurrency: 2 }, () => {
  test('another guest is reached only if its rules say so', () =>
    withLab(async (lab, driver) => {
      const network = networkSpec();
      await driver.ensureNetwork(network);
      const one = await lab.guest(driver, portSpec(network, 1));
      const two = await lab.guest(driver, portSpec(network, 2));
      assert.equal(await one.pings(two.address), false);
      const ping = rule({ protocol: 'icmp' });
      await driver.updatePort({ ...two.port, rules: [egress, ping] });
      assert.equal(await one.reaches(two.address), true);
      const fromOthers = { ...ping, remotes: ['10.42.0.99/32', '10.99.0.0/16'] };
      await driver.updatePort({ ...two.port, rules: [egress, fromOthers] });
      assert.equal(await one.pings(two.address), false);
      const fromOne = { ...ping, remotes: ['10.42.0.8/29', '10.42.0.11', '10.42.0.8/30'] };
      await driver.updatePort({ ...two.port, rules: [egress, fromOne] });
      assert.equal(await one.reaches(two.address), true);
      await driver.updatePort({ ...two.port, rules: [egress, { ...ping, remotes: [] }] });
      assert.equal(await one.pings(two.address), false);
    }));

  test('a guest sends only what its own rules let out', () =>
    withLab(async (lab, driver) => {
      const network = networkSpec();
      await driver.ensureNetwork(network);
      const one = await lab.guest(driver, portSpec(network, 1, { rules: [] }));
      const two = await lab.guest(driver, portSpec(network, 2, { rules: [rule()] }));
      assert.equal(await one.pings(two.address), false);
      await driver.updatePort({ ...one.port, rules: [egress] });
      assert.equal(await one.reaches(two.address), true);
    }));

  test('a flow lives while its rule does; new ones are refused once the rule is gone', () =>
    withLab(async (lab, driver) => {
      const network = networkSpec();
      await driver.ensureNetwork(network);
      const one = await lab.guest(driver, portSpec(network, 1));
      const two = await lab.guest(driver, portSpec(network, 2, { rules: [egress, service] }));
      const server = await listenIn(two.namespace, '0.0.0.0', 5000);
      try {
        const accepted = once(server, 'connection') as Promise<[Socket]>;
        const near = await connectIn(one.namespace, two.address, 5000);
        const [far] = await accepted;
        assert.equal(await carries(near, far, 'one'), true);
        assert.equal(await carries(far, near, 'two'), true);
        await driver.updatePort({ ...two.port, rules: [service, rule({ protocol: 'icmp' })] });
        assert.equal(await carries(near, far, 'three'), true, 'other rules changed');
        assert.equal(await carries(far, near, 'four'), true, 'an answer needs no rule');
        await driver.updatePort({ ...two.port, rules: [egress] });
        const again = connectIn(one.namespace, two.address, 5000, droppedAfterMs);
        await assert.rejects(again, /no answer/);
        assert.equal(await carries(near, far, 'five', droppedAfterMs), false, 'the rule is gone');
        const late = once(far, 'data');
        await driver.updatePort({ ...two.port, rules: [egress, service] });
        assert.equal(String((await late)[0]), 'five', 'the rule is back');
      } finally {
        server.close();
      }
    }));

  test('a forged MAC address is dropped', () =>
    withLab(async (lab, driver) => {
      const network = networkSpec();
      await driver.ensureNetwork(network);
      const one = await lab.guest(driver, portSpec(network, 1));
      const two = await lab.guest(driver, portSpec(network, 2, { rules: [egress, rule()] }));
      assert.equal(await one.reaches(two.address), true);
      const forged = 'fa:16:3e:aa:aa:aa';
      await ip(one.namespace, [`link set dev eth0 address ${forged}`]);
      assert.equal(await one.pings(two.address), false);
      const pair = { macAddress: forged, cidr: one.address };
      await driver.updatePort({ ...one.port, allowedAddressPairs: [pair] });
      assert.equal(await one.reaches(two.address), true);
    }));

  test('a forged IP address is dropped unless the port may use it', () =>
    withLab(async (lab, driver) => {
      const network = networkSpec();
      await driver.ensureNetwork(network);
      const one = await lab.guest(driver, portSpec(network, 1));
      const two = await lab.guest(driver, portSpec(network, 2, { rules: [egress, rule()] }));
      const forged = '10.42.7.7';
      await ip(one.namespace, [`address add ${forged}/32 dev eth0`]);
      const arrived = await two.count(`ip saddr ${forged}`);
      await ip(one.namespace, [
        `neigh replace ${two.address} lladdr ${two.port.macAddress} dev eth0`,
      ]);
      assert.equal(await one.pings(two.address, '-I', forged), false);
      assert.equal(await one.reaches(two.address), true);
      assert.equal(await arrived(), 0);
      const pair = { macAddress: null, cidr: '10.42.7.0/24' };
      await driver.updatePort({ ...one.port, allowedAddressPairs: [pair] });
      assert.equal(await one.reaches(two.address, '-I', forged), true);
      assert.notEqual(await arrived(), 0);
    }));

  test('an ARP message about another guest’s address is dropped', () =>
    withLab(async (lab, driver) => {
      const network = networkSpec();
      await driver.ensureNetwork(network);
      const one = await lab.guest(driver, portSpec(network, 1));
      const two = await lab.guest(driver, portSpec(network, 2, { rules: [egress, rule()] }));
      await ip(one.namespace, ['address add 10.42.0.1/32 dev eth0']);
      assert.equal(await addsArpEntry(one, two, one.address), true);
      assert.equal(await addsArpEntry(one, two, '10.42.0.1'), false);
      await driver.updatePort({ ...one.port, portSecurityEnabled: false });
      assert.equal(await addsArpEntry(one, two, '10.42.0.1'), true);
    }));

  test('a guest cannot play the IPv6 router', () =>
    withLab(async (lab, driver) => {
      const network = networkSpec();
      await driver.ensureNetwork(network);
      const rules = [rule(), egress, rule({ ipVersion: 6 }), { ...egress, ipVersion: 6 as const }];
      const rogue = await lab.guest(driver, portSpec(network, 1, { rules }));
      const victim = await lab.guest(driver, portSpec(network, 2, { rules }));
      await ip(rogue.namespace, ['address add fd00::1/64 dev eth0']);
      const arrived = await victim.count('icmpv6 type nd-router-advert');
      await advertiseRoutes(rogue);
      assert.equal(await rogue.reaches(victim.address), true);
      assert.equal(await arrived(), 0);
      await driver.updatePort({ ...rogue.port, portSecurityEnabled: false });
      await advertiseRoutes(rogue);
      assert.equal(await rogue.reaches(victim.address), true);
      assert.notEqual(await arrived(), 0);
    }));

  test('IPv6 is filtered by rules of its own, and forged addresses are dropped', () =>
    withLab(async (lab, driver) => {
      const ipv6 = subnetSpec({
        cidr: 'fd00::/64',
        ipVersion: 6,
        gateway: null,
        dhcpAddress: null,
      });
      const network = networkSpec({ subnets: [subnetSpec(), ipv6] });
      await driver.ensureNetwork(network);
      const port = (n: number) => {
        const plain = portSpec(network, n, {
          rules: [rule({ direction: 'egress', ipVersion: 6 })],
        });
        const fixedIps = [...plain.fixedIps, { subnetId: ipv6.id, address: `fd00::${n}` }];
        return { ...plain, fixedIps };
      };
      const one = await lab.guest(driver, port(1));
      const two = await lab.guest(driver, port(2));
      await ip(one.namespace, [
        'address add fd00::1/64 dev eth0',
        'address add fd00::9/64 dev eth0',
      ]);
      await ip(two.namespace, ['address add fd00::2/64 dev eth0']);
      assert.equal(await one.pings('fd00::2', '-I', 'fd00::1'), false);
      const ping = rule({ ipVersion: 6, protocol: 'icmp', portMin: 128, portMax: 0 });
      await driver.updatePort({ ...two.port, rules: [ping] });
      assert.equal(await one.reaches('fd00::2', '-I', 'fd00::1'), true);
      assert.equal(await one.pings('fd00::2', '-I', 'fd00::9'), false);
    }));

  test('flows of two networks with the same addresses do not mix', () =>
    withLab(async (lab, driver) => {
      const networks = [networkSpec(), networkSpec()] as const;
      await Promise.all(networks.map((network) => driver.ensureNetwork(network)));
      const [first, second] = networks;
      const any = { rules: [egress, rule()] };
      const opener = await lab.guest(driver, portSpec(first, 1));
      const target = await lab.guest(driver, portSpec(first, 2, any));
      const closed = await lab.guest(driver, portSpec(second, 1));
      const sender = await lab.guest(driver, portSpec(second, 2, any));
      const reached = await target.count('udp dport 5000');
      const leaked = await closed.count('udp dport 4000');
      await sendDatagramIn(opener.namespace, 4000, target.address, 5000);
      // On its own network this would be the answer to that datagram.
      await sendDatagramIn(sender.namespace, 5000, closed.address, 4000);
      assert.equal(await closed.reaches(sender.address), true);
      assert.equal(await reached(), 1);
      assert.equal(await leaked(), 0);
      await sendDatagramIn(target.namespace, 5000, opener.address, 4000);
    }));
});
