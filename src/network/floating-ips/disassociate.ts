import type { Queries } from '#db/database.ts';
import type { Changes } from '../changes.ts';
import type { FloatingIp } from './floating-ip.ts';
import { floatingIpsOfPorts, updateFloatingIpRow } from './store.ts';

/** Takes the floating IP from its port, if it has one; it stays the project's. */
export async function disassociate(
  tx: Queries,
  changes: Changes,
  floatingIp: FloatingIp,
  nowMs: number,
): Promise<void> {
  if (!floatingIp.association) return;
  changes.urgentRouters.add(floatingIp.association.routerId);
  const columns = { fixed_port_id: null, fixed_address: null, router_id: null, status: 'DOWN' };
  await updateFloatingIpRow(tx, floatingIp.id, columns, nowMs);
}

/**
 * For ports that are about to go, or that lose addresses.
 * @param keeps addresses of which the floating IPs stay
 */
export async function disassociatePorts(
  tx: Queries,
  changes: Changes,
  portIds: readonly string[],
  nowMs: number,
  keeps: readonly string[] = [],
): Promise<void> {
  for (const floatingIp of await floatingIpsOfPorts(tx, portIds)) {
    const isKept = keeps.includes(floatingIp.association?.fixedAddress ?? '');
    if (!isKept) await disassociate(tx, changes, floatingIp, nowMs);
  }
}
