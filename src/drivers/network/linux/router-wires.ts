import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { run } from '#base/process.ts';
import type { RouterSpec } from '../network.ts';
import {
  ensureNamespace,
  ip,
  namespaceExists,
  nft,
  readLink,
  readLinks,
  removeLink,
  removeNamespace,
  sysctl,
} from './in-namespace.ts';
import { ensureLeg, isWhole, type Leg } from './legs.ts';
import {
  aliasOf,
  bridgeName,
  gatewayLegName,
  gatewayPeerName,
  routerLegName,
  routerNamespace,
  routerPeerName,
  tableName,
} from './names.ts';
import { mtuOfNetwork, type SwitchView } from './network-wires.ts';
import { Ruleset } from './ruleset.ts';
import { translationScript } from './translation.ts';
import { routerMarker, type Wiring } from './wiring.ts';

/** Makes the router's namespace, its legs, its way out and its address translation. */
export async function ensureRouterWires(wiring: Wiring, router: RouterSpec): Promise<void> {
  const marker = routerMarker(wiring.runFolder, router.id);
  await mkdir(dirname(marker), { recursive: true });
  await writeFile(marker, '');
  const namespace = routerNamespace(router.id);
  await ensureNamespace(namespace);
  await sysctl(namespace, {
    'net.ipv4.ip_forward': 1,
    // Neighbours that knew another holder of an address learn of the new one at once.
    'net.ipv4.conf.default.arp_notify': 1,
    'net.ipv6.conf.default.accept_ra': 0,
    'net.ipv6.conf.default.accept_dad': 0,
    'net.ipv6.conf.all.forwarding': 1,
  });
  await nft(namespace, translationScript(router));
  await removeOldLegs(router);
  await Promise.all([
    ...router.interfaces.map(async (leg) => {
      await ensureLeg(insideLeg(wiring, router, leg, await mtuOfNetwork(wiring, leg.networkId)));
    }),
    ensureGateway(wiring, router),
  ]);
}

async function removeOldLegs(router: RouterSpec): Promise<void> {
  const namespace = routerNamespace(router.id);
  const wanted = new Set(router.interfaces.map((leg) => routerLegName(leg.portId)));
  if (router.externalGateway) wanted.add(gatewayLegName);
  for (const link of await readLinks(namespace)) {
    if (link.link_type === 'ether' && !wanted.has(link.ifname)) {
      await removeLink(namespace, link.ifname);
    }
  }
}

function insideLeg(
  wiring: Wiring,
  router: RouterSpec,
  leg: RouterSpec['interfaces'][number],
  mtu: number,
): Leg {
  return {
    switch: wiring.switch,
    bridge: bridgeName(leg.networkId),
    peer: routerPeerName(leg.portId),
    alias: aliasOf('router', router.id),
    namespace: routerNamespace(router.id),
    name: routerLegName(leg.portId),
    mtu,
    addresses: [`${leg.address}/${leg.prefixLength}`],
  };
}

type Gateway = NonNullable<RouterSpec['externalGateway']>;

function outsideLeg(wiring: Wiring, router: RouterSpec, gateway: Gateway, mtu: number): Leg {
  return {
    switch: wiring.switch,
    bridge: bridgeName(gateway.networkId),
    peer: gatewayPeerName(router.id),
    alias: aliasOf('router', router.id),
    namespace: routerNamespace(router.id),
    name: gatewayLegName,
    mtu,
    addresses: [
      `${gateway.address}/${gateway.prefixLength}`,
      ...(router.floatingIps ?? []).map(({ address }) => `${address}/32`),
    ],
  };
}

/** Whether all of it is there as it was made. */
export async function isRouterWhole(
  { wiring, links }: SwitchView,
  router: RouterSpec,
): Promise<boolean> {
  const namespace = routerNamespace(router.id);
  if (!(await namespaceExists(namespace))) return false;
  const gateway = router.externalGateway;
  const mtuOf = (networkId: string) =>
    links.find(({ ifname }) => ifname === bridgeName(networkId))?.mtu ?? 0;
  const legs = router.interfaces.map((leg) => insideLeg(wiring, router, leg, mtuOf(leg.networkId)));
  if (gateway) legs.push(outsideLeg(wiring, router, gateway, mtuOf(gateway.networkId)));
  const far = await readLinks(namespace);
  if (!legs.every((leg) => isWhole(leg, links, far))) return false;
  if (gateway && (await readGateway(namespace)) !== gateway.gateway) return false;
  const ruleset = await Ruleset.read(namespace, `inet ${tableName}`);
  return wiring.chains.isAsMade(ruleset, translationScript(router), router.id);
}

async function readGateway(namespace: string): Promise<string | undefined> {
  const { stdout } = await run('ip', ['-n', namespace, '-j', 'route', 'show', 'default']);
  const [route] = JSON.parse(stdout || '[]') as { gateway?: string }[];
  return route?.gateway;
}

async function ensureGateway(wiring: Wiring, router: RouterSpec): Promise<void> {
  const gateway = router.externalGateway;
  if (gateway === null) return;
  const namespace = routerNamespace(router.id);
  const mtu = await mtuOfNetwork(wiring, gateway.networkId);
  await ensureLeg(outsideLeg(wiring, router, gateway, mtu));
  await announce(namespace, gatewayLegName);
  await ip(namespace, [`route replace default via ${gateway.gateway} dev ${gatewayLegName}`]);
}

/**
 * Tells the neighbours who holds the addresses now: one may have been another router's a moment
 * ago. Setting the leg's own MAC again makes the kernel say so, see `arp_notify`.
 */
async function announce(namespace: string, leg: string): Promise<void> {
  const link = await readLink(namespace, leg);
  if (link?.address) await ip(namespace, [`link set dev ${leg} address ${link.address}`]);
}

export async function removeRouterWires(wiring: Wiring, routerId: string): Promise<void> {
  const namespace = routerNamespace(routerId);
  if (await namespaceExists(namespace)) {
    // The kernel empties a namespace later than it forgets its name; nobody shall see the rest.
    for (const link of await readLinks(namespace)) {
      if (link.link_type === 'ether') await removeLink(namespace, link.ifname);
    }
  }
  const peer = gatewayPeerName(routerId);
  if (await readLink(wiring.switch, peer)) await removeLink(wiring.switch, peer);
  await removeNamespace(namespace);
  await rm(routerMarker(wiring.runFolder, routerId), { force: true });
}
