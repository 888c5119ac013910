import type { Actor } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import type { NetworkContext } from '../context.ts';
import { networkErrors } from '../errors.ts';
import { requireOwner } from '../ownership.ts';
import { findRouter } from '../routers/store.ts';
import { isRouterPort, type Port, serviceOwner } from './port.ts';
import { deletePortRows, findPort } from './store.ts';

/** Its addresses and MAC are free at once. @throws PortNotFound, ServicePortInUse. */
export function deletePort(
  context: NetworkContext,
  actor: Actor,
  target: Allowed<Port>,
): Promise<void> {
  if (target.networkProjectId !== actor.projectId) {
    requireOwner(actor, target, 'vpc:ports:delete');
  }
  return context.transact(async (tx, changes) => {
    const { id } = target;
    const port = await findPort(tx, id);
    if (!port) throw networkErrors.portNotFound({ id });
    // A port that names a router which is gone belongs to nobody and may go.
    const isHeld = isRouterPort(port) && (await findRouter(tx, port.deviceId)) !== undefined;
    if (isHeld || port.deviceOwner === serviceOwner.dhcp) {
      const reason = `has device owner ${port.deviceOwner}`;
      throw networkErrors.servicePortInUse({ portId: id, reason });
    }
    await deletePortRows(tx, [id]);
    // Its wire, if a server has it, goes too.
    if (port.serverId !== null) changes.ports.add(id);
    for (const groupId of port.securityGroupIds) changes.groups.add(groupId);
  });
}
