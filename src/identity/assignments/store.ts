import type { Insertable, Selectable } from 'kysely';
import type { Queries } from '#db/database.ts';
import type { Schema } from '#db/schema.ts';
import { deleteEnterpriseAssignmentsOfActors } from '../enterprise-projects/store.ts';
import { type ActorKind, type Assignment, systemTargetId } from './assignment.ts';
import {
  deleteSystemAssignment,
  deleteSystemAssignmentsOfActors,
  insertSystemAssignment,
  listSystemAssignments,
} from './system-store.ts';

type Row = Selectable<Schema['role_assignments']>;

function fromRow(row: Row): Assignment {
  return {
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    targetId: row.target_id,
    roleId: row.role_id,
    isInherited: row.is_inherited === 1,
  };
}

function toRow(assignment: Assignment): Insertable<Schema['role_assignments']> {
  return {
    actor_kind: assignment.actorKind,
    actor_id: assignment.actorId,
    target_id: assignment.targetId,
    role_id: assignment.roleId,
    is_inherited: assignment.isInherited ? 1 : 0,
  };
}

/** Assigning what is assigned already changes nothing. */
export async function insertAssignment(db: Queries, assignment: Assignment): Promise<void> {
  if (assignment.targetId === systemTargetId) return insertSystemAssignment(db, assignment);
  await db
    .insertInto('role_assignments')
    .values(toRow(assignment))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** @returns false when there was none. */
export async function deleteAssignment(db: Queries, assignment: Assignment): Promise<boolean> {
  if (assignment.targetId === systemTargetId) return deleteSystemAssignment(db, assignment);
  const row = toRow(assignment);
  const result = await db
    .deleteFrom('role_assignments')
    .where('actor_kind', '=', row.actor_kind)
    .where('actor_id', '=', row.actor_id)
    .where('target_id', '=', row.target_id)
    .where('role_id', '=', row.role_id)
    .where('is_inherited', '=', row.is_inherited)
    .executeTakeFirst();
  return Number(result.numDeletedRows) > 0;
}

export interface AssignmentFilters {
  actorKind?: ActorKind | undefined;
  /** Assignments of any of these users and groups. */
  actorIds?: readonly string[] | undefined;
  targetIds?: readonly string[] | undefined;
  roleId?: string | undefined;
  isInherited?: boolean | undefined;
}

/** Those on the system come last. */
export async function listAssignmentRows(
  db: Queries,
  filters: AssignmentFilters,
): Promise<Assignment[]> {
  const onProjects = await listProjectAssignments(db, filters);
  const isAsked = filters.targetIds?.includes(systemTargetId) ?? true;
  if (!isAsked || filters.isInherited) return onProjects;
  return [...onProjects, ...(await listSystemAssignments(db, filters))];
}

async function listProjectAssignments(
  db: Queries,
  filters: AssignmentFilters,
): Promise<Assignment[]> {
  let query = db.selectFrom('role_assignments').selectAll();
  if (filters.actorKind) query = query.where('actor_kind', '=', filters.actorKind);
  // The empty id, which nobody has, keeps `in` legal for an empty list.
  if (filters.actorIds) query = query.where('actor_id', 'in', [...filters.actorIds, '']);
  if (filters.targetIds) query = query.where('target_id', 'in', [...filters.targetIds, '']);
  if (filters.roleId !== undefined) query = query.where('role_id', '=', filters.roleId);
  if (filters.isInherited !== undefined) {
    query = query.where('is_inherited', '=', filters.isInherited ? 1 : 0);
  }
  const rows = await query
    .orderBy('target_id')
    .orderBy('actor_kind')
    .orderBy('actor_id')
    .orderBy('role_id')
    .orderBy('is_inherited')
    .execute();
  return rows.map(fromRow);
}

/** Users and groups of several kinds share no ids, so the kind is not asked for. */
export async function deleteAssignmentsOfActors(
  db: Queries,
  actorIds: readonly string[],
): Promise<void> {
  if (actorIds.length === 0) return;
  await db.deleteFrom('role_assignments').where('actor_id', 'in', actorIds).execute();
  await deleteSystemAssignmentsOfActors(db, actorIds);
  await deleteEnterpriseAssignmentsOfActors(db, actorIds);
}

/** How often each role is granted on projects and domains; one that is not is left out. */
export async function countAssignmentsOfRoles(
  db: Queries,
  roleIds: readonly string[],
): Promise<Map<string, number>> {
  if (roleIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('role_assignments')
    .select(['role_id', (row) => row.fn.countAll().as('count')])
    .where('role_id', 'in', roleIds)
    .groupBy('role_id')
    .execute();
  return new Map(rows.map((row) => [row.role_id, Number(row.count)]));
}
