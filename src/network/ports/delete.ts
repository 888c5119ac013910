import type { Queries } from '#db/database.ts';
import type { Actor } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import type { NetworkContext } from '../context.ts';
import { networkErrors } from '../errors.ts';
import { disassociatePorts } from '../floating-ips/disassociate.ts';
import { findFloatingIp } from '../floating-ips/store.ts';
import { requireOwner } from '../ownership.ts';
import { findRouter } from '../routers/store.ts';
import { isRouterPort, type Port, serviceOwner } from './port.ts';
import { deletePortRows, findPort } from './store.ts';

/**
 * Its addresses and MAC are free at once; a server that has it loses the card a moment later.
 * @throws PortNotFound, ServicePortInUse.
 */
export async function deletePort(
  context: NetworkContext,
  actor: Actor,
  target: Allowed<Port>,
  requestId: string,
): Promise<void> {
  if (target.networkProjectId !== actor.projectId) {
    requireOwner(actor, target, 'vpc:ports:delete');
  }
  const begin = await context.transact(async (tx, changes) => {
    const { id } = target;
    const port = await findPort(tx, id);
    if (!port) throw networkErrors.portNotFound({ id });
    // A port that names a router which is gone belongs to nobody and may go.
    const isHeld = isRouterPort(port) && (await findRouter(tx, port.deviceId)) !== undefined;
    if (isHeld || port.deviceOwner === serviceOwner.dhcp || (await isLent(tx, port))) {
      const reason = `has device owner ${port.deviceOwner}`;
      throw networkErrors.servicePortInUse({ portId: id, reason });
    }
    await disassociatePorts(tx, changes, [id], context.clock.nowMs());
    await deletePortRows(tx, [id]);
    for (const groupId of port.securityGroupIds) changes.groups.add(groupId);
    const { serverId, projectId } = port;
    if (serverId === null) return undefined;
    changes.ports.add(id);
    return context.onPortLost(tx, { portId: id, serverId, projectId, requestId });
  });
  begin?.();
}

/** The port of a floating IP that is still there. */
async function isLent(tx: Queries, port: Port): Promise<boolean> {
  const isOfFloatingIp = port.deviceOwner === serviceOwner.floatingIp;
  return isOfFloatingIp && (await findFloatingIp(tx, port.deviceId)) !== undefined;
}
