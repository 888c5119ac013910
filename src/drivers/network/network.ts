import type { Socket } from 'node:net';

/** How QEMU reaches the port's wire. */
export type NicAttachment =
  /** `device` is a tap inside the network namespace in which the hypervisor must be started. */
  | { kind: 'tap'; namespace: string; device: string }
  /** QEMU's own user-mode network, for hosts where we are not root. */
  | { kind: 'user'; subnetCidr: string; gateway: string; address: string; dns: string[] }
  | { kind: 'simulated' };

export interface NetworkFacts {
  kind: 'linux' | 'user' | 'simulated' | 'none';
  /** One sentence for the log: what was chosen and why. */
  reason: string;
  /** What a user loses on this host, one sentence each; empty when nothing. */
  losses: string[];
  /** False when guests cannot reach the metadata service; a config drive is then always given. */
  metadataReachable: boolean;
  /** Where hypervisors must be started even for guests without a card; absent: anywhere. */
  namespace?: string;
}

export interface SubnetSpec {
  id: string;
  /** `10.42.0.0/16`. */
  cidr: string;
  ipVersion: 4 | 6;
  gateway: string | null;
  dhcpEnabled: boolean;
  /** The address our DHCP and metadata servers hold in this subnet; null without DHCP. */
  dhcpAddress: string | null;
  dnsServers: string[];
  hostRoutes: { destination: string; nextHop: string }[];
}

export interface NetworkSpec {
  id: string;
  mtu: number;
  /** External networks reach the host's uplink through their gateway address. */
  external: boolean;
  subnets: SubnetSpec[];
}

export interface RouterSpec {
  id: string;
  /** Null: no way out. The router answers for `address` and hides its subnets behind it. */
  externalGateway: {
    networkId: string;
    address: string;
    prefixLength: number;
    gateway: string;
    sourceNat: boolean;
  } | null;
  interfaces: { portId: string; networkId: string; address: string; prefixLength: number }[];
  /** Addresses of the external network that stand for one inner address each, both ways. */
  floatingIps?: { address: string; fixedAddress: string }[];
}

/** One allowed flow, with remote groups already resolved to addresses. */
export interface SecurityRule {
  direction: 'ingress' | 'egress';
  ipVersion: 4 | 6;
  /** `tcp`, `udp`, `icmp`, `icmpv6`, another name, a number as text, or null for any. */
  protocol: string | null;
  portMin: number | null;
  portMax: number | null;
  /** CIDRs of the other side; null means any, an empty list means nobody. */
  remotes: string[] | null;
}

export interface PortSpec {
  id: string;
  networkId: string;
  macAddress: string;
  fixedIps: { subnetId: string; address: string }[];
  /** Name that DHCP gives, without domain. */
  hostname: string;
  /** False switches off spoofing protection and rules alike, as in Neutron. */
  portSecurityEnabled: boolean;
  /** Further sources the port may use. */
  allowedAddressPairs: { macAddress: string | null; cidr: string }[];
  /**
   * What is allowed; everything else is dropped. Answers to an allowed flow need no rule; a flow
   * ends with the rule that allowed it.
   */
  rules: SecurityRule[];
}

/** A connection from a guest to 169.254.169.254:80. `address` cannot be forged by the guest. */
export interface GuestConnection {
  socket: Socket;
  networkId: string;
  address: string;
}

/** What the driver holds on the host, for adoption and leak checks. */
export interface NetworkInventory {
  networkIds: string[];
  routerIds: string[];
  portIds: string[];
}

/** What is to be there whole: networks and routers, and of ports those that are plugged. */
export interface WantedWires {
  networks: readonly NetworkSpec[];
  routers: readonly RouterSpec[];
  ports: readonly PortSpec[];
}

/** What the database knows. */
export interface KnownWires {
  networkIds: readonly string[];
  portIds: readonly string[];
}

/** Something that is left of a wire, and that no id leads to. */
export interface Remain {
  what: string;
  name: string;
  remove(): Promise<void>;
}

/**
 * Wires guests. Every call is idempotent ("make it so") and may be repeated after a crash of ours
 * at any point; the wires outlive the process. The driver serialises what must not interleave.
 */
export interface NetworkDriver {
  readonly facts: NetworkFacts;
  ensureNetwork(network: NetworkSpec): Promise<void>;
  /** Its ports must be unplugged first. */
  removeNetwork(networkId: string): Promise<void>;
  ensureRouter(router: RouterSpec): Promise<void>;
  removeRouter(routerId: string): Promise<void>;
  /**
   * Makes the port's wire, its DHCP answer and its filters, ready for a hypervisor to open. A
   * port that is plugged and in use stays in use. The network must have been ensured.
   */
  plugPort(port: PortSpec): Promise<NicAttachment>;
  /**
   * Makes filters, DHCP and place of a plugged port equal to the spec; nothing for one not plugged.
   */
  updatePort(port: PortSpec): Promise<void>;
  unplugPort(portId: string): Promise<void>;
  inventory(): Promise<NetworkInventory>;
  /**
   * What of these is not there as it was made, for somebody else had a hand in it; to be mended by
   * the `ensure…` and `update…` calls. A port without a wire is not among them. Changes nothing.
   * Absent where nothing can be lost.
   */
  differing?(wanted: WantedWires): Promise<NetworkInventory>;
  /** What neither the database nor the inventory leads to; absent where nothing can be left. */
  remains?(known: KnownWires): Promise<Remain[]>;
  /** One listener: the metadata service. Connections are refused while there is none. */
  onGuestConnection(listener: (connection: GuestConnection) => void): void;
  /** Takes down every wire of this instance, in use or not, and lets go. */
  removeAll(): Promise<void>;
  /** Lets go without disturbing the wires. */
  close(): Promise<void>;
}
