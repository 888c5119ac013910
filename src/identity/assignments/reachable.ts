import type { Queries } from '#db/database.ts';
import { listGroupIdsOfUser } from '../groups/store.ts';
import { idsBelow } from '../projects/tree.ts';
import { systemTargetId } from './assignment.ts';
import { listAssignmentRows } from './store.ts';

/** The ids of all projects and domains on which a user has any role. */
export async function reachableIds(db: Queries, userId: string): Promise<string[]> {
  const actorIds = [userId, ...(await listGroupIdsOfUser(db, userId))];
  const reachable = new Set<string>();
  for (const assignment of await listAssignmentRows(db, { actorIds })) {
    const { isInherited, targetId } = assignment;
    if (targetId === systemTargetId) continue;
    const ids = isInherited ? await idsBelow(db, targetId) : [targetId];
    for (const id of ids) reachable.add(id);
  }
  return [...reachable];
}
