import type { Queries } from '#db/database.ts';
import { findPorts } from '../ports/store.ts';
import { floatingErrors } from './errors.ts';
import { floatingIpsOfRouter } from './store.ts';

/** A router keeps its way out while floating IPs hang on it. */
export async function requireGatewayUnused(
  tx: Queries,
  routerId: string,
  networkId: string,
): Promise<void> {
  const used = await floatingIpsOfRouter(tx, routerId);
  if (used.some((one) => one.networkId === networkId)) {
    throw floatingErrors.gatewayInUse({ routerId, networkId });
  }
}

/** A router stays on a subnet while floating IPs lead to its addresses. */
export async function requireInterfaceUnused(
  tx: Queries,
  routerId: string,
  subnetIds: readonly string[],
): Promise<void> {
  const used = (await floatingIpsOfRouter(tx, routerId)).flatMap((one) => one.association ?? []);
  const ports = await findPorts(tx, [...new Set(used.map((one) => one.portId))]);
  for (const { portId, fixedAddress } of used) {
    const port = ports.find((one) => one.id === portId);
    const subnetId = port?.fixedIps.find((one) => one.address === fixedAddress)?.subnetId;
    if (subnetId !== undefined && subnetIds.includes(subnetId)) {
      throw floatingErrors.interfaceInUse({ routerId, subnetId });
    }
  }
}
