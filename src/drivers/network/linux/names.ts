/** Folder in which iproute2 keeps the named namespaces. */
export const namespaceFolder = '/run/netns';

/** Interface names end at 15 characters; 44 bits of the id fit and collide practically never. */
function short(id: string): string {
  return id.replaceAll('-', '').slice(0, 11);
}

export const switchNamespace = (instanceId: string) => `cumulet-switch-${instanceId}`;
export const networkNamespace = (networkId: string) => `cumulet-net-${networkId}`;
export const routerNamespace = (routerId: string) => `cumulet-router-${routerId}`;

/** Devices inside the switch namespace. */
export const bridgeName = (networkId: string) => `br${short(networkId)}`;
export const tapName = (portId: string) => `tap${short(portId)}`;
export const servicePeerName = (networkId: string) => `dhc${short(networkId)}`;
export const uplinkPeerName = (networkId: string) => `upl${short(networkId)}`;
export const trunkLegName = (networkId: string) => `trk${short(networkId)}`;
export const routerPeerName = (portId: string) => `rtr${short(portId)}`;
export const gatewayPeerName = (routerId: string) => `ext${short(routerId)}`;

/** Devices at the other ends. */
export const serviceLegName = 'lan0';
export const gatewayLegName = 'ext0';
export const uplinkLegName = (networkId: string) => `cum${short(networkId)}`;
export const routerLegName = (portId: string) => `lan${short(portId)}`;

export const metadataAddress = '169.254.169.254';
export const tableName = 'cumulet';
export const uplinkTableName = (instanceId: string) => `cumulet-${instanceId}`;

/** Written as the interface's alias, so that the kernel itself knows the whole id. */
export type AliasKind = 'network' | 'port' | 'router';
export const aliasOf = (kind: AliasKind, id: string) => `cumulet:${kind}:${id}`;

/** @returns the id in an alias of that kind, or null for another interface. */
export function idOfAlias(kind: AliasKind, alias: string | undefined): string | null {
  const prefix = `cumulet:${kind}:`;
  return alias?.startsWith(prefix) ? alias.slice(prefix.length) : null;
}
