import type { ComputeService } from '#compute/service.ts';
import type { Queries } from '#db/database.ts';
import type { Allowed, ListScope } from '#policy/engine.ts';
import type { ServerGroup, ServerGroupWithMembers } from './server-group.ts';
import { listGroups, membersOf } from './store.ts';

/** A group with the servers that are in it now. */
export async function readServerGroup(
  service: ComputeService,
  group: Allowed<ServerGroup>,
): Promise<ServerGroupWithMembers> {
  const [whole] = await withMembers(service.database.queries, [group]);
  return whole ?? { ...group, memberIds: [] };
}

/** A page of the groups that are to be seen, in the order in which they were made. */
export async function listServerGroups(
  service: ComputeService,
  scope: ListScope,
  page: { limit: number; offset: number },
): Promise<ServerGroupWithMembers[]> {
  const db = service.database.queries;
  if (!scope.everyProject && scope.projectId === null) return [];
  return withMembers(db, await listGroups(db, scope.everyProject ? null : scope.projectId, page));
}

async function withMembers(
  db: Queries,
  groups: readonly ServerGroup[],
): Promise<ServerGroupWithMembers[]> {
  const ids = groups.map(({ id }) => id);
  const members = await membersOf(db, ids);
  return groups.map((group) => ({
    ...group,
    memberIds: (members.get(group.id) ?? []).map(({ serverId }) => serverId),
  }));
}
