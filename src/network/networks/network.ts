import { type Actor, isAdmin } from '#policy/actor.ts';
import type { StandardAttributes } from '../standard.ts';

export interface Network extends StandardAttributes {
  name: string;
  adminStateUp: boolean;
  /** Every project sees it and may put ports on it. */
  shared: boolean;
  /** Leads out of the cloud: routers may have their gateway on it. */
  external: boolean;
  mtu: number;
  /** What ports on it get when they do not say. */
  portSecurityEnabled: boolean;
  status: string;
  subnetIds: string[];
}

/** The largest frame that fits a plain Ethernet; what every network gets. */
export const defaultMtu = 1500;

/** IPv4 asks for 68 octets at least (RFC 791); jumbo frames end at 9000 on usual hardware. */
export const mtuRange = { minimum: 68, maximum: 9000 };

export function ownsNetwork(actor: Actor, network: { projectId: string }): boolean {
  return isAdmin(actor) || network.projectId === actor.projectId;
}

/** Shared and external networks are seen by all; only their owners may change them. */
export function seesNetwork(actor: Actor, network: Network): boolean {
  return network.shared || network.external || ownsNetwork(actor, network);
}

/** Who may put ports on a network. An external one is for routers, and for those it belongs to. */
export function mayAttach(actor: Actor, network: Network): boolean {
  return network.shared || ownsNetwork(actor, network);
}
