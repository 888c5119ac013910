import type { ComputeService } from '#compute/service.ts';
import type { Allowed } from '#policy/engine.ts';
import { serverGroupErrors } from './errors.ts';
import type { ServerGroup } from './server-group.ts';
import { deleteGroupRow } from './store.ts';

/** Its servers stay where they are, and are of no group. @throws InstanceGroupNotFound (404) */
export async function deleteServerGroup(
  service: Pick<ComputeService, 'database'>,
  { id }: Allowed<ServerGroup>,
): Promise<void> {
  const isDeleted = await service.database.transaction((tx) => deleteGroupRow(tx, id));
  if (!isDeleted) throw serverGroupErrors.notFound({ id });
}
