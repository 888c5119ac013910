import { type Actor, isAdmin } from '#policy/actor.ts';
import type { StandardAttributes } from '../standard.ts';

export interface FixedIp {
  subnetId: string;
  address: string;
}

export interface AddressPair {
  ip_address: string;
  /** Absent: the port's own. */
  mac_address?: string;
}

export interface Port extends StandardAttributes {
  networkId: string;
  networkProjectId: string;
  name: string;
  adminStateUp: boolean;
  macAddress: string;
  status: string;
  deviceId: string;
  deviceOwner: string;
  hostId: string;
  vnicType: string;
  bindingProfile: Record<string, unknown>;
  portSecurityEnabled: boolean;
  allowedAddressPairs: AddressPair[];
  dnsName: string;
  serverId: string | null;
  serverIndex: number | null;
  madeForServer: boolean;
  nicTag: string | null;
  fixedIps: FixedIp[];
  securityGroupIds: string[];
}

/** Ports that the cloud makes for itself; their owners say which part of it. */
export const serviceOwner = {
  dhcp: 'network:dhcp',
  routerInterface: 'network:router_interface',
  routerGateway: 'network:router_gateway',
  floatingIp: 'network:floatingip',
} as const;

/** What a server's port says of its owner: `compute:` and the availability zone. */
export const computeOwner = 'compute:nova';

export function isServicePort(port: Pick<Port, 'deviceOwner'>): boolean {
  return port.deviceOwner.startsWith('network:');
}

export function isRouterPort(port: Pick<Port, 'deviceOwner'>): boolean {
  return (
    port.deviceOwner === serviceOwner.routerInterface ||
    port.deviceOwner === serviceOwner.routerGateway
  );
}

/** Its project, the owner of its network, and administrators. */
export function seesPort(actor: Actor, port: Port): boolean {
  if (isAdmin(actor)) return true;
  const { projectId } = actor;
  return (
    projectId !== null && (port.projectId === projectId || port.networkProjectId === projectId)
  );
}
