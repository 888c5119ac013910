import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { PortSpec } from '../network.ts';
import { ensureDhcpEntry, hasDhcpEntry, isDhcpAnswered, removeDhcpEntry } from './dhcp-server.ts';
import { ip, type Link, readLink, removeLink } from './in-namespace.ts';
import { aliasOf, bridgeName, idOfAlias, tapName } from './names.ts';
import { mtuOfNetwork, type SwitchView } from './network-wires.ts';
import { portMarker, type Wiring } from './wiring.ts';

async function readTap(wiring: Wiring, portId: string): Promise<Link | null> {
  const device = tapName(portId);
  const link = await readLink(wiring.switch, device);
  const owner = idOfAlias('port', link?.ifalias);
  if (owner !== null && owner !== portId) {
    throw new Error(`${device} belongs to port ${owner}, not to ${portId}`);
  }
  return link;
}

/**
 * Makes the tap, filters it, and only then lets it onto the bridge. The tap has no owner, so an
 * unprivileged hypervisor may open it by name; the namespace keeps everyone else away from it.
 */
export async function plugPortWires(wiring: Wiring, port: PortSpec): Promise<void> {
  const device = tapName(port.id);
  const [mtu, tap] = await Promise.all([
    mtuOfNetwork(wiring, port.networkId),
    readTap(wiring, port.id),
    writeFile(portMarker(wiring.runFolder, port.id), port.networkId),
  ]);
  await Promise.all([
    ip(wiring.switch, [
      ...(tap ? [] : [`tuntap add dev ${device} mode tap`]),
      `link set dev ${device} alias ${aliasOf('port', port.id)} mtu ${mtu}`,
    ]),
    wiring.filters.apply(port),
    ensureDhcpEntry(wiring, port),
  ]);
  if (!isOnBridge(tap, port)) await putOnBridge(wiring, port);
}

function isOnBridge(tap: Link | null, { networkId }: PortSpec): boolean {
  return tap?.master === bridgeName(networkId) && tap.flags.includes('UP');
}

async function putOnBridge(wiring: Wiring, { id, networkId }: PortSpec): Promise<void> {
  await ip(wiring.switch, [`link set dev ${tapName(id)} master ${bridgeName(networkId)} up`]);
}

export async function updatePortWires(wiring: Wiring, port: PortSpec): Promise<void> {
  const tap = await readTap(wiring, port.id);
  if (tap === null) return;
  await Promise.all([wiring.filters.apply(port), ensureDhcpEntry(wiring, port)]);
  if (!isOnBridge(tap, port)) await putOnBridge(wiring, port);
}

/** Whether a port that is plugged is so as it was made. */
export async function isPortWhole(
  { wiring, links, ruleset }: SwitchView,
  port: PortSpec,
): Promise<boolean> {
  const tap = links.find(({ ifname }) => ifname === tapName(port.id));
  // One that is not plugged is nothing that could be mended here.
  if (!tap) return true;
  if (!isOnBridge(tap, port) || !wiring.filters.isApplied(ruleset, port)) return false;
  return isDhcpAnswered(wiring, port);
}

export async function unplugPortWires(wiring: Wiring, portId: string): Promise<void> {
  // The wire goes first: there is no moment in which it is there without its filters.
  if (await readTap(wiring, portId)) await removeLink(wiring.switch, tapName(portId));
  await Promise.all([
    wiring.filters.remove(portId),
    networksOfPort(wiring, portId).then((networkIds) =>
      Promise.all(networkIds.map((id) => removeDhcpEntry(wiring, id, portId))),
    ),
  ]);
  await rm(portMarker(wiring.runFolder, portId), { force: true });
}

/** Where the port may have a DHCP entry: as its marker says, else wherever there is one. */
async function networksOfPort(wiring: Wiring, portId: string): Promise<string[]> {
  const marked = await readFile(portMarker(wiring.runFolder, portId), 'utf8').catch(() => '');
  if (marked !== '') return [marked];
  const networkIds = await readdir(`${wiring.runFolder}/networks`).catch(() => []);
  const has = await Promise.all(networkIds.map((id) => hasDhcpEntry(wiring, id, portId)));
  return networkIds.filter((_id, index) => has[index]);
}
