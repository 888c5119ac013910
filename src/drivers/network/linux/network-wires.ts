import { mkdir, rm } from 'node:fs/promises';
import { together } from '#base/together.ts';
import type { NetworkSpec } from '../network.ts';
import { prefixLengthOf } from './addresses.ts';
import { servedSubnets } from './dhcp-config.ts';
import { ensureDhcpServer, isDhcpServed, stopDhcpServer } from './dhcp-server.ts';
import type { GuestListeners } from './guest-listeners.ts';
import {
  ensureNamespace,
  ip,
  type Link,
  namespaceExists,
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
  idOfAlias,
  metadataAddress,
  networkNamespace,
  serviceLegName,
  servicePeerName,
} from './names.ts';
import type { Ruleset } from './ruleset.ts';
import { ensureSwitch } from './switch.ts';
import { ensureTrunk, isTrunkWhole, removeTrunk } from './trunk.ts';
import { ensureUplink, isUplinkWhole, removeUplink } from './uplink.ts';
import { networkFolder, type Wiring } from './wiring.ts';

/** What was found in the switch, all at one time. */
export interface SwitchView {
  wiring: Wiring;
  listeners: GuestListeners;
  links: readonly Link[];
  ruleset: Ruleset;
}

/** Makes the network's bridge, its servers and, for an external one, its way out. */
export async function ensureNetworkWires(
  wiring: Wiring,
  listeners: GuestListeners,
  network: NetworkSpec,
): Promise<void> {
  // Written before anything is made: whoever finds the folder knows that there may be more.
  await mkdir(networkFolder(wiring.runFolder, network.id), { recursive: true, mode: 0o755 });
  await wiring.turns.take('switch', () => ensureSwitch(wiring));
  await ensureBridge(wiring, network);
  if (wiring.trunk !== null) {
    await ensureTrunk(wiring, wiring.trunk, network);
    return;
  }
  await Promise.all([
    servedSubnets(network).length > 0
      ? ensureServices(wiring, listeners, network)
      : removeServices(wiring, listeners, network.id),
    network.external ? ensureUplink(wiring, network) : removeUplink(wiring, network.id),
  ]);
}

async function ensureBridge(wiring: Wiring, network: NetworkSpec): Promise<void> {
  const bridge = bridgeName(network.id);
  const [link] = await Promise.all([
    readLink(wiring.switch, bridge),
    wiring.filters.ensureZone(network.id),
  ]);
  const owner = idOfAlias('network', link?.ifalias);
  if (owner !== null && owner !== network.id) {
    throw new Error(`${bridge} belongs to network ${owner}, not to ${network.id}`);
  }
  await ip(wiring.switch, [
    ...(link ? [] : [`link add name ${bridge} type bridge stp_state 0 mcast_snooping 0`]),
    `link set dev ${bridge} alias ${aliasOf('network', network.id)}`,
    `link set dev ${bridge} mtu ${network.mtu} up`,
  ]);
}

async function ensureServices(
  wiring: Wiring,
  listeners: GuestListeners,
  network: NetworkSpec,
): Promise<void> {
  const namespace = networkNamespace(network.id);
  // A socket of ours that listens in a namespace of that name which is gone serves nobody.
  if (!(await namespaceExists(namespace))) listeners.remove(network.id);
  await ensureNamespace(namespace);
  await sysctl(namespace, {
    'net.ipv4.ip_forward': 0,
    'net.ipv6.conf.default.disable_ipv6': 1,
    // Lets the metadata listener, the slowest part, start while its address is still being made.
    'net.ipv4.ip_nonlocal_bind': 1,
  });
  await together([
    listeners.ensure(network.id, namespace),
    ensureLeg(serviceLeg(wiring, network)).then(() => ensureDhcpServer(wiring, network)),
  ]);
}

function serviceLeg(wiring: Wiring, network: NetworkSpec): Leg {
  const own = servedSubnets(network).map(
    (subnet) => `${subnet.dhcpAddress}/${prefixLengthOf(subnet.cidr)}`,
  );
  return {
    switch: wiring.switch,
    bridge: bridgeName(network.id),
    peer: servicePeerName(network.id),
    alias: aliasOf('network', network.id),
    namespace: networkNamespace(network.id),
    name: serviceLegName,
    mtu: network.mtu,
    addresses: [...own, `${metadataAddress}/32`],
  };
}

/** Whether all of it is there as it was made. */
export async function isNetworkWhole(
  { wiring, listeners, links, ruleset }: SwitchView,
  network: NetworkSpec,
): Promise<boolean> {
  const bridge = links.find(({ ifname }) => ifname === bridgeName(network.id));
  if (!bridge?.flags.includes('UP') || bridge.mtu !== network.mtu) return false;
  if (!wiring.filters.hasZone(ruleset, network.id)) return false;
  if (wiring.trunk !== null) return isTrunkWhole(wiring, wiring.trunk, network, links);
  if (network.external && !(await isUplinkWhole(wiring, network, links))) return false;
  if (servedSubnets(network).length === 0) return true;
  const namespace = networkNamespace(network.id);
  if (!(await namespaceExists(namespace))) return false;
  return (
    isWhole(serviceLeg(wiring, network), links, await readLinks(namespace)) &&
    (await isDhcpServed(wiring, network)) &&
    !(await listeners.isMissing(network.id, namespace))
  );
}

async function removeServices(
  wiring: Wiring,
  listeners: GuestListeners,
  networkId: string,
): Promise<void> {
  const namespace = networkNamespace(networkId);
  listeners.remove(networkId);
  await stopDhcpServer(wiring, networkId);
  const peer = await readLink(wiring.switch, servicePeerName(networkId));
  if (peer) await removeLink(wiring.switch, servicePeerName(networkId));
  await removeNamespace(namespace);
}

export async function removeNetworkWires(
  wiring: Wiring,
  listeners: GuestListeners,
  networkId: string,
): Promise<void> {
  if (wiring.trunk !== null) await removeTrunk(wiring, wiring.trunk, networkId);
  else {
    await Promise.all([
      removeServices(wiring, listeners, networkId),
      removeUplink(wiring, networkId),
    ]);
  }
  const bridge = bridgeName(networkId);
  if (await readLink(wiring.switch, bridge)) await removeLink(wiring.switch, bridge);
  await wiring.filters.removeZone(networkId);
  await rm(networkFolder(wiring.runFolder, networkId), { recursive: true, force: true });
}

/** The network's MTU as the kernel has it; throws when the network was not ensured. */
export async function mtuOfNetwork(wiring: Wiring, networkId: string): Promise<number> {
  const bridge = await readLink(wiring.switch, bridgeName(networkId));
  if (bridge === null) throw new Error(`network ${networkId} is not wired`);
  return bridge.mtu;
}
