import type { Selectable } from 'kysely';
import type { Queries } from '#db/database.ts';
import type { Schema } from '#db/schema.ts';
import type { EndpointGroup } from './group.ts';

function fromRow(row: Selectable<Schema['endpoint_groups']>): EndpointGroup {
  return { ...row, filters: JSON.parse(row.filters) };
}

function toRow(group: EndpointGroup) {
  return { ...group, filters: JSON.stringify(group.filters) };
}

export async function listGroupRows(db: Queries): Promise<EndpointGroup[]> {
  const query = db.selectFrom('endpoint_groups').selectAll();
  return (await query.orderBy('name').orderBy('id').execute()).map(fromRow);
}

export async function listGroupRowsOfProject(
  db: Queries,
  projectId: string,
): Promise<EndpointGroup[]> {
  const rows = await db
    .selectFrom('endpoint_groups')
    .innerJoin('project_endpoint_groups', 'endpoint_group_id', 'endpoint_groups.id')
    .selectAll('endpoint_groups')
    .where('project_id', '=', projectId)
    .orderBy('name')
    .orderBy('id')
    .execute();
  return rows.map(fromRow);
}

export async function insertGroup(db: Queries, group: EndpointGroup): Promise<void> {
  await db.insertInto('endpoint_groups').values(toRow(group)).execute();
}

export async function replaceGroup(db: Queries, group: EndpointGroup): Promise<void> {
  await db.updateTable('endpoint_groups').set(toRow(group)).where('id', '=', group.id).execute();
}

export async function deleteGroupRow(db: Queries, id: string): Promise<void> {
  await db.deleteFrom('endpoint_groups').where('id', '=', id).execute();
}

/** @returns false where that project had that group. */
export async function insertGroupOfProject(
  db: Queries,
  groupId: string,
  projectId: string,
): Promise<boolean> {
  const result = await db
    .insertInto('project_endpoint_groups')
    .values({ project_id: projectId, endpoint_group_id: groupId })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows) > 0;
}

/** @returns false where there was none. */
export async function deleteGroupOfProject(
  db: Queries,
  groupId: string,
  projectId: string,
): Promise<boolean> {
  const result = await db
    .deleteFrom('project_endpoint_groups')
    .where('project_id', '=', projectId)
    .where('endpoint_group_id', '=', groupId)
    .executeTakeFirst();
  return Number(result.numDeletedRows) > 0;
}

export async function listProjectIdsOfGroup(db: Queries, groupId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('project_endpoint_groups')
    .select('project_id')
    .where('endpoint_group_id', '=', groupId)
    .execute();
  return rows.map((row) => row.project_id);
}

export async function listEndpointIdsOfProject(db: Queries, projectId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('project_endpoints')
    .select('endpoint_id')
    .where('project_id', '=', projectId)
    .execute();
  return rows.map((row) => row.endpoint_id);
}

export async function listProjectIdsOfEndpoint(db: Queries, id: string): Promise<string[]> {
  const rows = await db
    .selectFrom('project_endpoints')
    .select('project_id')
    .where('endpoint_id', '=', id)
    .execute();
  return rows.map((row) => row.project_id);
}

/** @returns false where that project had that endpoint. */
export async function insertEndpointOfProject(
  db: Queries,
  endpointId: string,
  projectId: string,
): Promise<boolean> {
  const result = await db
    .insertInto('project_endpoints')
    .values({ project_id: projectId, endpoint_id: endpointId })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows) > 0;
}

/** @returns false where there was none. */
export async function deleteEndpointOfProject(
  db: Queries,
  endpointId: string,
  projectId: string,
): Promise<boolean> {
  const result = await db
    .deleteFrom('project_endpoints')
    .where('project_id', '=', projectId)
    .where('endpoint_id', '=', endpointId)
    .executeTakeFirst();
  return Number(result.numDeletedRows) > 0;
}

/** For the deletion of endpoints. */
export async function deleteEndpointsOfProjects(
  db: Queries,
  endpointIds: readonly string[],
): Promise<void> {
  if (endpointIds.length === 0) return;
  await db.deleteFrom('project_endpoints').where('endpoint_id', 'in', endpointIds).execute();
}
