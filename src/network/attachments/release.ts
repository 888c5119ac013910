import type { NetworkContext } from '../context.ts';
import { deletePortRows, portsOfServers, updatePortRow } from '../ports/store.ts';

/**
 * Gives up a server's ports: those made for it are deleted, the user's own are unbound. Calling it
 * for a server without ports does nothing. The agent has unplugged them before.
 */
export async function releasePorts(context: NetworkContext, serverId: string): Promise<void> {
  await context.transact(async (tx, changes) => {
    const ports = await portsOfServers(tx, [serverId]);
    const made = ports.filter((port) => port.madeForServer);
    await deletePortRows(
      tx,
      made.map((port) => port.id),
    );
    for (const port of ports) {
      for (const groupId of port.securityGroupIds) changes.groups.add(groupId);
      if (port.madeForServer) continue;
      const columns = {
        device_id: '',
        device_owner: '',
        server_id: null,
        server_index: null,
        status: 'DOWN',
        dns_name: '',
      };
      await updatePortRow(tx, port.id, columns, context.clock.nowMs());
    }
  });
}
