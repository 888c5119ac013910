import type { Queries } from '#db/database.ts';
import { type Assignment, systemTargetId } from './assignment.ts';
import type { AssignmentFilters } from './store.ts';

/** Assigning what is assigned already changes nothing. */
export async function insertSystemAssignment(db: Queries, assignment: Assignment): Promise<void> {
  await db
    .insertInto('system_assignments')
    .values({
      actor_kind: assignment.actorKind,
      actor_id: assignment.actorId,
      role_id: assignment.roleId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** @returns false when there was none. */
export async function deleteSystemAssignment(
  db: Queries,
  assignment: Assignment,
): Promise<boolean> {
  const result = await db
    .deleteFrom('system_assignments')
    .where('actor_kind', '=', assignment.actorKind)
    .where('actor_id', '=', assignment.actorId)
    .where('role_id', '=', assignment.roleId)
    .executeTakeFirst();
  return Number(result.numDeletedRows) > 0;
}

export async function listSystemAssignments(
  db: Queries,
  filters: Pick<AssignmentFilters, 'actorKind' | 'actorIds' | 'roleId'>,
): Promise<Assignment[]> {
  let query = db.selectFrom('system_assignments').selectAll();
  if (filters.actorKind) query = query.where('actor_kind', '=', filters.actorKind);
  // The empty id, which nobody has, keeps `in` legal for an empty list.
  if (filters.actorIds) query = query.where('actor_id', 'in', [...filters.actorIds, '']);
  if (filters.roleId !== undefined) query = query.where('role_id', '=', filters.roleId);
  const rows = await query.orderBy('actor_kind').orderBy('actor_id').orderBy('role_id').execute();
  return rows.map((row) => ({
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    targetId: systemTargetId,
    roleId: row.role_id,
    isInherited: false,
  }));
}

export async function deleteSystemAssignmentsOfActors(
  db: Queries,
  actorIds: readonly string[],
): Promise<void> {
  await db.deleteFrom('system_assignments').where('actor_id', 'in', actorIds).execute();
}
