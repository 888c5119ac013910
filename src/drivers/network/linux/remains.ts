import { readdir, readFile } from 'node:fs/promises';
import type { KnownWires, Remain } from '../network.ts';
import { exitPollMs, signal } from './dhcp-server.ts';
import { namespaceExists, readLinks, removeLink } from './in-namespace.ts';
import { readInventory } from './inventory.ts';
import { tapName, uplinkLegName } from './names.ts';
import { readUplink, removeUplinkLeg } from './uplink.ts';
import type { Wiring } from './wiring.ts';

/**
 * What of this instance no id leads to: a tap without its port's name, a server of addresses whose
 * network's folder is gone, a way out of a network that has no bridge any more. What the inventory
 * tells of goes with its network or port.
 */
export async function findRemains(wiring: Wiring, known: KnownWires): Promise<Remain[]> {
  const held = await readInventory(wiring);
  const networkIds = new Set([...known.networkIds, ...held.networkIds]);
  const portIds = [...known.portIds, ...held.portIds];
  const taps = await strayTaps(wiring, new Set(portIds.map(tapName)));
  // A further host has its addresses and ways out from the one that serves it.
  if (wiring.trunk !== null) return taps;
  const legs = new Set([...networkIds].map(uplinkLegName));
  return [
    ...taps,
    ...(await strayServers(wiring, networkIds)),
    ...(await strayWaysOut(wiring, legs)),
  ];
}

async function strayTaps(wiring: Wiring, known: ReadonlySet<string>): Promise<Remain[]> {
  if (!(await namespaceExists(wiring.switch))) return [];
  const links = await readLinks(wiring.switch);
  return links
    .map((link) => link.ifname)
    .filter((name) => name.startsWith('tap') && !known.has(name))
    .map((name) => ({
      what: 'tap of no port',
      name,
      remove: () => removeLink(wiring.switch, name),
    }));
}

async function strayServers(wiring: Wiring, known: ReadonlySet<string>): Promise<Remain[]> {
  const prefix = `--conf-file=${wiring.runFolder}/networks/`;
  const found: Remain[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const networkOf = async () => {
      const words = (await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')).split('\0');
      return words
        .find((word) => word.startsWith(prefix))
        ?.slice(prefix.length)
        .split('/')[0];
    };
    const networkId = await networkOf();
    if (networkId === undefined || known.has(networkId)) continue;
    const remove = async () => {
      // Its number may have gone to another process meanwhile. A process takes a moment to end;
      // one that nobody reaped yet has an empty command line and so counts as gone.
      while ((await networkOf()) === networkId) {
        signal(Number(name), 'SIGKILL');
        await wiring.clock.sleep(exitPollMs);
      }
    };
    found.push({ what: 'dnsmasq of no network, process', name, remove });
  }
  return found;
}

async function strayWaysOut(wiring: Wiring, known: ReadonlySet<string>): Promise<Remain[]> {
  const { table, legs } = await readUplink(wiring);
  if (table === null) return [];
  const strays = legs.filter((leg) => !known.has(leg));
  const isEmpty = legs.length === 0;
  return [...strays, ...(isEmpty ? [null] : [])].map((leg) => ({
    what: leg === null ? 'nftables table of no network' : 'way out of no network',
    name: leg ?? table,
    remove: () => removeUplinkLeg(wiring, leg),
  }));
}
