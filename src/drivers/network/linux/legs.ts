import { createHash } from 'node:crypto';
import { ip, type Link, type Namespace, readLink, removeLink } from './in-namespace.ts';

/** A pair of interfaces: the peer on a bridge of the switch, the leg in another namespace. */
export interface Leg {
  switch: string;
  bridge: string;
  peer: string;
  alias: string;
  namespace: Namespace;
  name: string;
  mtu: number;
  /** With prefix length; the leg then has exactly these. */
  addresses: string[];
}

/** The same for each making: neighbours of a leg that is made anew still know how to reach it. */
function macOf(leg: Leg): string {
  const digest = createHash('sha256').update(`${leg.switch} ${leg.peer}`).digest('hex');
  return `02:${digest.slice(0, 10).match(/../g)?.join(':')}`;
}

/** Makes the pair and its addresses, or completes what is half made. */
export async function ensureLeg(leg: Leg): Promise<void> {
  const [peer, near] = await Promise.all([
    readLink(leg.switch, leg.peer),
    readLink(leg.namespace, leg.name),
  ]);
  // A pair lives and dies together: one end without the other is a pair to somewhere else.
  if (peer && !near) await removeLink(leg.switch, leg.peer);
  if (near && !peer) await removeLink(leg.namespace, leg.name);
  const whole = peer !== null && near !== null;
  const target = leg.namespace ?? String(process.pid);
  const far = `name ${leg.name} address ${macOf(leg)} netns ${target}`;
  const ends = `name ${leg.peer} type veth peer ${far}`;
  await ip(leg.switch, [
    ...(whole ? [] : [`link add ${ends}`]),
    `link set dev ${leg.peer} alias ${leg.alias}`,
    `link set dev ${leg.peer} mtu ${leg.mtu} master ${leg.bridge} up`,
  ]);
  await ip(leg.namespace, [
    `link set dev ${leg.name} mtu ${leg.mtu} up`,
    ...addressLines(leg, whole ? near : null),
  ]);
}

/** @param near links of the switch @param far links of the leg's namespace */
export function isWhole(leg: Leg, near: readonly Link[], far: readonly Link[]): boolean {
  const peer = near.find(({ ifname }) => ifname === leg.peer);
  const end = far.find(({ ifname }) => ifname === leg.name);
  if (!peer || !end) return false;
  const areUp = [peer, end].every(({ flags, mtu }) => flags.includes('UP') && mtu === leg.mtu);
  return areUp && peer.master === leg.bridge && addressLines(leg, end).length === 0;
}

function addressLines(leg: Leg, link: Link | null): string[] {
  const has = (link?.addr_info ?? [])
    .map((info) => `${info.local}/${info.prefixlen}`)
    .filter((address) => !address.startsWith('fe80:'));
  const surplus = has.filter((address) => !leg.addresses.includes(address));
  return [
    ...surplus.map((address) => `address del ${address} dev ${leg.name}`),
    ...leg.addresses
      .filter((address) => !has.includes(address))
      .map((address) => `address add ${address} dev ${leg.name}`),
  ];
}
