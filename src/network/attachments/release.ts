import type { Queries } from '#db/database.ts';
import type { Changes } from '../changes.ts';
import type { NetworkContext } from '../context.ts';
import { disassociatePorts } from '../floating-ips/disassociate.ts';
import type { Port } from '../ports/port.ts';
import { deletePortRows, portsOfServers, updatePortRow } from '../ports/store.ts';

/**
 * Gives up a server's ports: those made for it are deleted, the user's own are unbound. Calling it
 * for a server without ports does nothing. The agent has unplugged them before.
 */
export async function releasePorts(context: NetworkContext, serverId: string): Promise<void> {
  await context.transact(async (tx, changes) => {
    await release(context, tx, changes, await portsOfServers(tx, [serverId]));
  });
}

/** The same for one of them; nothing when the server has no such port any more. */
export async function releasePort(
  context: NetworkContext,
  serverId: string,
  portId: string,
): Promise<void> {
  await context.transact(async (tx, changes) => {
    const ports = await portsOfServers(tx, [serverId]);
    const named = ports.filter((port) => port.id === portId);
    await release(context, tx, changes, named);
  });
}

async function release(
  context: NetworkContext,
  tx: Queries,
  changes: Changes,
  ports: readonly Port[],
): Promise<void> {
  const made = ports.filter((port) => port.madeForServer).map((port) => port.id);
  await disassociatePorts(tx, changes, made, context.clock.nowMs());
  await deletePortRows(tx, made);
  for (const port of ports) {
    for (const groupId of port.securityGroupIds) changes.groups.add(groupId);
    if (port.madeForServer) continue;
    const columns = {
      device_id: '',
      device_owner: '',
      server_id: null,
      server_index: null,
      nic_tag: null,
      status: 'DOWN',
      dns_name: '',
    };
    await updatePortRow(tx, port.id, columns, context.clock.nowMs());
  }
}
