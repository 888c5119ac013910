import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { describe, test } from 'node:test';
import {
  ip,
  namespaceExists,
  nft,
  removeLink,
  removeNamespace,
  runIn,
} from '#drivers/network/linux/in-namespace.ts';
import type { LinuxNetwork } from '#drivers/network/linux/linux-network.ts';
import {
  bridgeName,
  networkNamespace,
  routerNamespace,
  routerPeerName,
  serviceLegName,
  switchNamespace,
  tapName,
  uplinkLegName,
  uplinkTableName,
} from '#drivers/network/linux/names.ts';
import type { WantedWires } from '#drivers/network/network.ts';
import { eventually } from '#test/eventually.ts';
import { type LinuxLab, withLab } from './linux-lab.ts';
import { connectIn } from './namespace-sockets.ts';
import { externalNetworkSpec, networkSpec, portSpec, routerSpec, rule } from './specs.ts';

const nothing = { networkIds: [], routerIds: [], portIds: [] };

/** Two networks, a router between them, and two guests that ping each other and the world. */
async function makeAll(lab: LinuxLab, driver: LinuxNetwork) {
  const [inside, outside] = [networkSpec(), externalNetworkSpec()];
  const router = routerSpec(inside, outside);
  const ports = [portSpec(inside, 1, { rules: [rule({ direction: 'egress' })] })];
  ports.push(portSpec(inside, 2, { rules: [rule({ protocol: 'icmp' })] }));
  driver.onGuestConnection(({ socket }) => socket.end());
  for (const network of [inside, outside]) await driver.ensureNetwork(network);
  await driver.ensureRouter(router);
  const guests = [];
  for (const port of ports) guests.push(await lab.guest(driver, port));
  const [one, two] = guests;
  assert.ok(one && two);
  const wanted: WantedWires = { networks: [inside, outside], routers: [router], ports };
  return { inside, outside, router, one, two, wanted, place: switchNamespace(lab.instanceId) };
}

type Place = Awaited<ReturnType<typeof makeAll>>;

/** What the network service does with what differs: networks, routers, ports. */
async function mend(driver: LinuxNetwork, wanted: WantedWires) {
  const found = await driver.differing(wanted);
  const those = <T extends { id: string }>(specs: readonly T[], ids: readonly string[]) =>
    specs.filter(({ id }) => ids.includes(id));
  for (const spec of those(wanted.networks, found.networkIds)) await driver.ensureNetwork(spec);
  for (const spec of those(wanted.routers, found.routerIds)) await driver.ensureRouter(spec);
  for (const spec of those(wanted.ports, found.portIds)) await driver.updatePort(spec);
  return found;
}

async function assertWorks({ one, two }: Place): Promise<void> {
  await eventually('a neighbour whose rules let it is reached', () => one.pings(two.address));
  await eventually('the world is reached', () => one.pings('198.51.100.1'));
  assert.equal(await two.pings(one.address), false, 'a neighbour whose rules do not');
  await eventually('it is given its address', async () => {
    const lease = await one.askDhcp().catch(() => undefined);
    return lease?.get('ip') === one.address;
  });
  const metadata = () => connectIn(one.namespace, '169.254.169.254', 80).catch(() => undefined);
  (await eventually('the metadata service answers', metadata)).destroy();
}

describe('Linux wires in which somebody else had a hand', { concurrency: 2 }, () => {
  const hands: [string, (place: Place, lab: LinuxLab) => Promise<void>][] = [
    ['the bridge is deleted', ({ place, inside }) => removeLink(place, bridgeName(inside.id))],
    ['the switch’s rules are flushed', ({ place }) => nft(place, ['flush ruleset'])],
    [
      'one chain of the base is flushed',
      ({ place }) => nft(place, ['flush chain bridge cumulet from']),
    ],
    [
      'the namespace of addresses loses its name',
      ({ inside }) => removeNamespace(networkNamespace(inside.id)),
    ],
    [
      'the router’s namespace is deleted',
      ({ router }) => removeNamespace(routerNamespace(router.id)),
    ],
    [
      'the router’s translation is flushed',
      ({ router }) => nft(routerNamespace(router.id), ['flush ruleset']),
    ],
    [
      'the router’s way out is lost',
      ({ router }) => ip(routerNamespace(router.id), ['route delete default']),
    ],
    [
      'the router’s leg is cut',
      ({ place, router }) => removeLink(place, routerPeerName(router.interfaces[0]?.portId ?? '')),
    ],
    [
      'the address servers’ address is taken away',
      ({ inside }) => ip(networkNamespace(inside.id), [`address flush dev ${serviceLegName}`]),
    ],
    [
      'the way out is deleted',
      (place, lab) => removeLink(lab.uplink, uplinkLegName(place.outside.id)),
    ],
    [
      'the way out’s table is deleted',
      (_place, lab) => nft(lab.uplink, [`delete table inet ${uplinkTableName(lab.instanceId)}`]),
    ],
    [
      'the address server is killed',
      async (place, lab) => {
        const pidFile = `/run/cumulet/${lab.instanceId}/networks/${place.inside.id}/dnsmasq.pid`;
        const pid = Number(readFileSync(pidFile, 'utf8'));
        process.kill(pid, 'SIGKILL');
        const isGone = async () => {
          const words = await readCommand(pid);
          return words === '';
        };
        await eventually('it is gone', isGone);
      },
    ],
    [
      'a tap is taken off its bridge',
      ({ place, one }) => ip(place, [`link set dev ${tapName(one.port.id)} nomaster`]),
    ],
    [
      'a port’s rules are flushed',
      ({ place, one }) => nft(place, [`flush chain inet cumulet egress-${one.port.id}`]),
    ],
    [
      'a port’s answer is deleted',
      async ({ inside, one }, lab) => {
        rmSync(`/run/cumulet/${lab.instanceId}/networks/${inside.id}/hosts/${one.port.id}`);
      },
    ],
  ];

  test('nothing differs of what is whole, and each damage is found and mended', () =>
    withLab(async (lab, driver) => {
      const all = await makeAll(lab, driver);
      assert.deepEqual(await driver.differing(all.wanted), nothing);
      for (const [what, hand] of hands) {
        await hand(all, lab);
        const found = await mend(driver, all.wanted);
        assert.notDeepEqual(found, nothing, what);
      }
      assert.deepEqual(await driver.differing(all.wanted), nothing, 'it is whole again');
      await assertWorks(all);
      await driver.unplugPort(all.one.port.id);
      await nft(all.place, ['flush ruleset']);
      await driver.unplugPort(all.two.port.id);
      assert.deepEqual((await driver.inventory()).portIds, []);
    }));

  test('a rule that was put in the place of another is found once both were seen', () =>
    withLab(async (lab, driver) => {
      const { place, two, wanted } = await makeAll(lab, driver);
      assert.deepEqual(await driver.differing(wanted), nothing);
      const chain = `inet cumulet ingress-${two.port.id}`;
      const { stdout } = await runIn(place, 'nft', ['-a', 'list', 'chain', ...chain.split(' ')]);
      const last = /drop # handle (\d+)\s+}/.exec(stdout)?.[1];
      await nft(place, [`replace rule ${chain} handle ${last} accept`]);
      assert.deepEqual((await mend(driver, wanted)).portIds, [two.port.id]);
    }));

  test('a switch that lost its name gets it back, with the wires of those who run in it', () =>
    withLab(async (lab, driver) => {
      const all = await makeAll(lab, driver);
      const guest = spawn('nsenter', [`--net=/run/netns/${all.place}`, '--', 'cat'], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      try {
        guest.stdin.write('it runs\n');
        await once(guest.stdout, 'data');
        await removeNamespace(all.place);
        assert.equal(await namespaceExists(all.place), false);
        await mend(driver, all.wanted);
        assert.deepEqual(await driver.differing(all.wanted), nothing, 'it is whole again');
        await assertWorks(all);
      } finally {
        guest.stdin.end();
        await once(guest, 'exit');
      }
    }));
});

async function readCommand(pid: number): Promise<string> {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
