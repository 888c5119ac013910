import type { Allowed } from '#policy/engine.ts';
import type { NetworkContext } from '../context.ts';
import { serviceOwner } from '../ports/port.ts';
import { deletePortRows, portsOfDevice } from '../ports/store.ts';
import { floatingErrors } from './errors.ts';
import type { FloatingIp } from './floating-ip.ts';
import { deleteFloatingIpRow, findFloatingIp } from './store.ts';

/** Its address is free at once. @throws FloatingIPNotFound when another request was faster. */
export function deleteFloatingIp(
  context: NetworkContext,
  target: Allowed<FloatingIp>,
): Promise<void> {
  const { id } = target;
  return context.transact(async (tx, changes) => {
    const floatingIp = await findFloatingIp(tx, id);
    if (!floatingIp) throw floatingErrors.notFound({ id });
    if (floatingIp.association) changes.urgentRouters.add(floatingIp.association.routerId);
    await deleteFloatingIpRow(tx, id);
    await deletePortRows(tx, await portsOfDevice(tx, id, serviceOwner.floatingIp));
  });
}
