import { createHash } from 'node:crypto';
import type { NetworkSpec } from '../network.ts';
import { ip, type Link, readLink, removeLink } from './in-namespace.ts';
import { ensureLeg, isWhole, type Leg } from './legs.ts';
import { aliasOf, bridgeName, trunkLegName } from './names.ts';
import type { Wiring } from './wiring.ts';

/** Many hosts hang on one bridge of the first: each needs a name of its own there. */
function peerName({ instanceId }: Wiring, networkId: string): string {
  const letters = 12;
  const digest = createHash('sha256').update(`${instanceId} ${networkId}`).digest('hex');
  return `trk${digest.slice(0, letters)}`;
}

/**
 * Joins the network's bridge on this host with the one on the host that serves it, so that guests
 * on both are neighbours. A star, so that no frame can go round.
 */
export async function ensureTrunk(wiring: Wiring, trunk: string, network: NetworkSpec) {
  const leg = trunkLeg(wiring, trunk, network);
  await ensureLeg(leg);
  await ip(wiring.switch, [`link set dev ${leg.name} master ${bridgeName(network.id)} up`]);
}

export async function isTrunkWhole(
  wiring: Wiring,
  trunk: string,
  network: NetworkSpec,
  links: readonly Link[],
): Promise<boolean> {
  const leg = trunkLeg(wiring, trunk, network);
  const end = links.find(({ ifname }) => ifname === leg.name);
  const peer = await readLink(trunk, leg.peer);
  return end?.master === bridgeName(network.id) && isWhole(leg, peer ? [peer] : [], links);
}

function trunkLeg(wiring: Wiring, trunk: string, network: NetworkSpec): Leg {
  return {
    switch: trunk,
    bridge: bridgeName(network.id),
    peer: peerName(wiring, network.id),
    alias: aliasOf('network', network.id),
    namespace: wiring.switch,
    name: trunkLegName(network.id),
    mtu: network.mtu,
    addresses: [],
  };
}

export async function removeTrunk(wiring: Wiring, trunk: string, networkId: string): Promise<void> {
  const name = trunkLegName(networkId);
  if (await readLink(wiring.switch, name)) await removeLink(wiring.switch, name);
  // The other end goes with it, though later where the namespace was taken away first.
  const peer = peerName(wiring, networkId);
  if (await readLink(trunk, peer)) await removeLink(trunk, peer);
}
