import type { Queries } from '#db/database.ts';
import type { Server } from './server.ts';
import type { TaskState, VmState } from './status.ts';

/** As little of a server as rounds over all of them need. */
export type Standing = Pick<Server, 'id' | 'host' | 'vmState' | 'taskState' | 'fault'>;

/**
 * Of all that are not deleted, in the order of their ids.
 * @param vmStates only those in one of them
 */
export async function listStandings(
  db: Queries,
  vmStates?: readonly VmState[],
): Promise<Standing[]> {
  let query = db
    .selectFrom('servers')
    .select(['id', 'host', 'vm_state', 'task_state', 'fault'])
    .where('deleted_ms', 'is', null);
  if (vmStates) query = query.where('vm_state', 'in', vmStates);
  const rows = await query.orderBy('id').execute();
  return rows.map((row) => ({
    id: row.id,
    host: row.host,
    vmState: row.vm_state as VmState,
    taskState: row.task_state as TaskState | null,
    fault: row.fault === null ? null : JSON.parse(row.fault),
  }));
}
