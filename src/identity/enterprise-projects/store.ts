import type { Queries } from '#db/database.ts';
import type { ActorKind } from '../assignments/assignment.ts';

/** A user or a group has a policy for what lies in an enterprise project. */
export interface EnterpriseAssignment {
  actorKind: ActorKind;
  actorId: string;
  /** The account whose enterprise project it is: that of the user or group. */
  domainId: string;
  enterpriseProjectId: string;
  roleId: string;
}

function toRow(assignment: EnterpriseAssignment) {
  return {
    actor_kind: assignment.actorKind,
    actor_id: assignment.actorId,
    domain_id: assignment.domainId,
    enterprise_project_id: assignment.enterpriseProjectId,
    role_id: assignment.roleId,
  };
}

/** Assigning what is assigned already changes nothing. */
export async function insertEnterpriseAssignment(
  db: Queries,
  assignment: EnterpriseAssignment,
): Promise<void> {
  await db
    .insertInto('enterprise_assignments')
    .values(toRow(assignment))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** @returns false when there was none. */
export async function deleteEnterpriseAssignment(
  db: Queries,
  assignment: EnterpriseAssignment,
): Promise<boolean> {
  const result = await db
    .deleteFrom('enterprise_assignments')
    .where('actor_kind', '=', assignment.actorKind)
    .where('actor_id', '=', assignment.actorId)
    .where('enterprise_project_id', '=', assignment.enterpriseProjectId)
    .where('role_id', '=', assignment.roleId)
    .executeTakeFirst();
  return Number(result.numDeletedRows) > 0;
}

export async function deleteEnterpriseAssignmentsOfActors(
  db: Queries,
  actorIds: readonly string[],
): Promise<void> {
  await db.deleteFrom('enterprise_assignments').where('actor_id', 'in', actorIds).execute();
}

export interface EnterpriseFilters {
  domainId: string;
  /** Of any of these users and groups. */
  actorIds?: readonly string[] | undefined;
  enterpriseProjectId?: string | undefined;
}

export async function listEnterpriseAssignments(
  db: Queries,
  filters: EnterpriseFilters,
): Promise<EnterpriseAssignment[]> {
  const { domainId, actorIds, enterpriseProjectId } = filters;
  let query = db.selectFrom('enterprise_assignments').selectAll().where('domain_id', '=', domainId);
  // The empty id, which nobody has, keeps `in` legal for an empty list.
  if (actorIds) query = query.where('actor_id', 'in', [...actorIds, '']);
  if (enterpriseProjectId !== undefined) {
    query = query.where('enterprise_project_id', '=', enterpriseProjectId);
  }
  const rows = await query
    .orderBy('enterprise_project_id')
    .orderBy('actor_id')
    .orderBy('role_id')
    .execute();
  return rows.map((row) => ({
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    domainId: row.domain_id,
    enterpriseProjectId: row.enterprise_project_id,
    roleId: row.role_id,
  }));
}
