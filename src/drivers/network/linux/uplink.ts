import type { NetworkSpec, SubnetSpec } from '../network.ts';
import { networkAndMask, prefixLengthOf } from './addresses.ts';
import {
  type Link,
  type Namespace,
  nft,
  readLink,
  removeLink,
  runIn,
  sysctl,
} from './in-namespace.ts';
import { ensureLeg, isWhole, type Leg } from './legs.ts';
import { aliasOf, bridgeName, uplinkLegName, uplinkPeerName, uplinkTableName } from './names.ts';
import { Ruleset } from './ruleset.ts';
import type { Wiring } from './wiring.ts';

interface GatewaySubnet extends SubnetSpec {
  gateway: string;
}

/**
 * All we have on the host: what leaves an external network hides behind the host's address;
 * nothing new comes in from beyond, nor can guests reach the host's own services; and where we
 * had to open a device for the answers, nothing else passes through it.
 */
function tableScript(table: string): string[] {
  return [
    `add table ${table}`,
    `add set ${table} legs { type ifname; }`,
    `add set ${table} opened { type ifname; }`,
    `add set ${table} cidrs { type ipv4_addr; flags interval; }`,
    `add chain ${table} out { type nat hook postrouting priority 100; }`,
    `add chain ${table} through { type filter hook forward priority 0; }`,
    `add chain ${table} in { type filter hook input priority 0; }`,
    `flush chain ${table} out`,
    `flush chain ${table} through`,
    `flush chain ${table} in`,
    `add rule ${table} out ip saddr @cidrs oifname != @legs masquerade`,
    `add rule ${table} through ct state established,related accept`,
    `add rule ${table} through iifname @legs ip saddr != @cidrs drop`,
    `add rule ${table} through iifname @legs ip daddr 169.254.0.0/16 drop`,
    `add rule ${table} through iifname @legs accept`,
    `add rule ${table} through oifname @legs drop`,
    `add rule ${table} through iifname @opened drop`,
    `add rule ${table} in iifname @legs ct state established,related accept`,
    `add rule ${table} in iifname @legs meta l4proto icmp accept`,
    `add rule ${table} in iifname @legs drop`,
  ];
}

const tableOf = (wiring: Wiring) => `inet ${uplinkTableName(wiring.instanceId)}`;
const subnetOf = (cidr: string) => `${networkAndMask(cidr).network}/${prefixLengthOf(cidr)}`;

async function forwardsAlready(namespace: Namespace): Promise<boolean> {
  const { stdout } = await runIn(namespace, 'sysctl', ['-n', 'net.ipv4.ip_forward']);
  return stdout.trim() !== '0';
}

/** Devices with a default route, through which answers come; none if the host forwards anyway. */
async function devicesToOpen(namespace: Namespace): Promise<string[]> {
  if (await forwardsAlready(namespace)) return [];
  const { stdout } = await runIn(namespace, 'ip', ['-j', 'route', 'show', 'default']);
  const routes = JSON.parse(stdout || '[]') as { dev?: string }[];
  return [...new Set(routes.flatMap((route) => route.dev ?? []))];
}

function forwarding(devices: string[], value: 0 | 1): Record<string, number> {
  // A dot in a device's name would separate levels.
  const names = devices.map((device) => device.replaceAll('.', '/'));
  return Object.fromEntries(names.map((name) => [`net.ipv4.conf.${name}.forwarding`, value]));
}

function uplinkLeg(wiring: Wiring, network: NetworkSpec, subnets: readonly GatewaySubnet[]): Leg {
  return {
    switch: wiring.switch,
    bridge: bridgeName(network.id),
    peer: uplinkPeerName(network.id),
    alias: aliasOf('network', network.id),
    namespace: wiring.uplink,
    name: uplinkLegName(network.id),
    mtu: network.mtu,
    addresses: subnets.map((subnet) => `${subnet.gateway}/${prefixLengthOf(subnet.cidr)}`),
  };
}

function gatewaySubnets(network: NetworkSpec): GatewaySubnet[] {
  return network.subnets.filter(
    (subnet): subnet is GatewaySubnet => subnet.gateway !== null && subnet.ipVersion === 4,
  );
}

/** @param links of the switch */
export async function isUplinkWhole(
  wiring: Wiring,
  network: NetworkSpec,
  links: readonly Link[],
): Promise<boolean> {
  const subnets = gatewaySubnets(network);
  const leg = uplinkLeg(wiring, network, subnets);
  const end = await readLink(wiring.uplink, leg.name);
  if (!isWhole(leg, links, end ? [end] : [])) return false;
  const table = tableOf(wiring);
  const ruleset = await Ruleset.read(wiring.uplink, table);
  return (
    ruleset.elementOf(`${table} legs`, leg.name) === true &&
    subnets.every(({ cidr }) => ruleset.elementOf(`${table} cidrs`, subnetOf(cidr)) === true) &&
    wiring.chains.isAsMade(ruleset, tableScript(table))
  );
}

/** Gives an external network its gateway on the host. */
export function ensureUplink(wiring: Wiring, network: NetworkSpec): Promise<void> {
  return wiring.turns.take('uplink', async () => {
    const subnets = gatewaySubnets(network);
    const leg = uplinkLegName(network.id);
    const opened = await devicesToOpen(wiring.uplink);
    const table = tableOf(wiring);
    // The filters stand before the leg does, so it is never without them.
    await nft(wiring.uplink, [
      ...tableScript(table),
      `add element ${table} legs { "${leg}" }`,
      ...opened.map((device) => `add element ${table} opened { "${device}" }`),
      ...subnets.map((subnet) => `add element ${table} cidrs { ${subnetOf(subnet.cidr)} }`),
    ]);
    await ensureLeg(uplinkLeg(wiring, network, subnets));
    await sysctl(wiring.uplink, forwarding([leg, ...opened], 1));
  });
}

interface ListedSet {
  set?: { elem?: unknown[] };
}

async function elementsOf(wiring: Wiring, set: string): Promise<string[]> {
  const what = ['set', ...tableOf(wiring).split(' '), set];
  const { stdout } = await runIn(wiring.uplink, 'nft', ['-j', 'list', ...what]);
  const { nftables } = JSON.parse(stdout) as { nftables: ListedSet[] };
  return nftables.flatMap((entry) => entry.set?.elem ?? []).filter((e) => typeof e === 'string');
}

async function tableExists(wiring: Wiring): Promise<boolean> {
  const { stdout } = await runIn(wiring.uplink, 'nft', ['list', 'tables', 'inet']);
  return stdout.split('\n').includes(`table ${tableOf(wiring)}`);
}

/** The table as nft names it, null for none; and the devices that it is for. */
export async function readUplink(
  wiring: Wiring,
): Promise<{ table: string | null; legs: string[] }> {
  if (!(await tableExists(wiring))) return { table: null, legs: [] };
  return { table: tableOf(wiring), legs: await elementsOf(wiring, 'legs') };
}

/** Takes the gateway away, and with the last one our table and what we had opened. */
export function removeUplink(wiring: Wiring, networkId: string): Promise<void> {
  return removeUplinkLeg(wiring, uplinkLegName(networkId));
}

/** The same by the name of its device; null takes the table away if it is for none. */
export function removeUplinkLeg(wiring: Wiring, leg: string | null): Promise<void> {
  return wiring.turns.take('uplink', async () => {
    const { table, legs } = await readUplink(wiring);
    if (table === null) return;
    if (leg === null ? legs.length > 0 : !legs.includes(leg)) return;
    const link = leg === null ? null : await readLink(wiring.uplink, leg);
    if (leg !== null && link) await removeLink(wiring.uplink, leg);
    if (legs.length > 1) {
      const cidrs = (link?.addr_info ?? []).map((info) => `${info.local}/${info.prefixlen}`);
      await nft(wiring.uplink, [
        `delete element ${table} legs { "${leg}" }`,
        ...cidrs
          .filter((cidr) => !cidr.includes(':'))
          .map((cidr) => `delete element ${table} cidrs { ${subnetOf(cidr)} }`),
      ]);
      return;
    }
    const opened = await elementsOf(wiring, 'opened');
    if (opened.length > 0 && !(await forwardsAlready(wiring.uplink))) {
      await sysctl(wiring.uplink, forwarding(opened, 0));
    }
    await nft(wiring.uplink, [`delete table ${table}`]);
  });
}
