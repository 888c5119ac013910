import type { Selectable } from 'kysely';
import type { Queries } from '#db/database.ts';
import { preparedForList } from '#db/prepared.ts';
import type { ServerGroupsTable } from '#db/schema/placement.ts';
import type { GroupPolicy } from '#scheduler/candidate.ts';
import type { ServerGroup } from './server-group.ts';

function toServerGroup(row: Selectable<ServerGroupsTable>): ServerGroup {
  return {
    id: row.id,
    projectId: row.project_id,
    userId: row.user_id,
    name: row.name,
    policy: row.policy as GroupPolicy,
    maxPerHost: row.max_per_host,
    createdMs: row.created_ms,
  };
}

export async function insertGroup(db: Queries, group: ServerGroup): Promise<void> {
  await db
    .insertInto('server_groups')
    .values({
      id: group.id,
      project_id: group.projectId,
      user_id: group.userId,
      name: group.name,
      policy: group.policy,
      max_per_host: group.maxPerHost,
      created_ms: group.createdMs,
    })
    .execute();
}

export async function findGroup(db: Queries, id: string): Promise<ServerGroup | undefined> {
  const row = await db
    .selectFrom('server_groups')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row && toServerGroup(row);
}

/** In the order in which they were made. @param projectId null: of every project */
export async function listGroups(
  db: Queries,
  projectId: string | null,
  page: { limit: number; offset: number },
): Promise<ServerGroup[]> {
  let query = db.selectFrom('server_groups').selectAll();
  if (projectId !== null) query = query.where('project_id', '=', projectId);
  const rows = await query
    .orderBy('created_ms')
    .orderBy('id')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  return rows.map(toServerGroup);
}

export async function countGroups(db: Queries, projectId: string): Promise<number> {
  const row = await db
    .selectFrom('server_groups')
    .select((select) => select.fn.countAll().as('count'))
    .where('project_id', '=', projectId)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** @returns false when there is no such group (any more). */
export async function deleteGroupRow(db: Queries, id: string): Promise<boolean> {
  await db.deleteFrom('server_group_members').where('group_id', '=', id).execute();
  const result = await db.deleteFrom('server_groups').where('id', '=', id).executeTakeFirst();
  return Number(result.numDeletedRows) > 0;
}

export async function insertMember(db: Queries, groupId: string, serverId: string): Promise<void> {
  await db
    .insertInto('server_group_members')
    .values({ group_id: groupId, server_id: serverId })
    .execute();
}

const selectMembers = preparedForList((db, ids) =>
  db
    .selectFrom('server_group_members as member')
    .innerJoin('servers as server', 'server.id', 'member.server_id')
    .select(['member.group_id', 'member.server_id', 'server.host'])
    .where('member.group_id', 'in', ids)
    .where('server.deleted_ms', 'is', null)
    .orderBy('server.number'),
);

export interface Member {
  serverId: string;
  host: string | null;
}

/** The live members of each group that has any: a server that is deleted is a member no more. */
export async function membersOf(
  db: Queries,
  groupIds: readonly string[],
): Promise<Map<string, Member[]>> {
  const members = new Map<string, Member[]>();
  for (const row of await selectMembers(db, groupIds)) {
    const member = { serverId: row.server_id, host: row.host };
    const known = members.get(row.group_id);
    if (known) known.push(member);
    else members.set(row.group_id, [member]);
  }
  return members;
}

const selectGroups = preparedForList((db, ids) =>
  db.selectFrom('server_group_members').selectAll().where('server_id', 'in', ids),
);

/** For each of these servers (1,000 at most) that is in a group, the ids of its groups. */
export async function groupsOf(
  db: Queries,
  serverIds: readonly string[],
): Promise<Map<string, string[]>> {
  const groups = new Map<string, string[]>();
  for (const row of await selectGroups(db, serverIds)) {
    groups.set(row.server_id, [...(groups.get(row.server_id) ?? []), row.group_id]);
  }
  return groups;
}
