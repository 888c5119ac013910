import { requestErrors } from '#base/errors.ts';
import type { Queries } from '#db/database.ts';
import { type Actor, isAdmin } from '#policy/actor.ts';
import type { ApiRules } from '#policy/api-rules.ts';
import { isDelicateAction } from '#policy/reach.ts';
import type { ScopeKind } from '#policy/system-policies.ts';
import { scopeOn, systemTarget, systemTargetId } from '../assignments/assignment.ts';
import { listAssignmentRows } from '../assignments/store.ts';
import { findProject } from '../projects/store.ts';
import { heldPolicies } from '../roles/held-policies.ts';
import { type Role, withImplied } from '../roles/role.ts';
import { listInferences, listRolesById } from '../roles/store.ts';

/**
 * Who may write policies or give roles must not get further by that: what reaches beyond a project,
 * and what is about users and their rights, is given only by those who have it. Throws the refusal
 * that names the first action which the actor has not.
 */
export function checkMayGive(
  actor: Actor,
  roles: readonly Role[],
  rules: ApiRules,
  scope: ScopeKind = 'project',
): void {
  if (isAdmin(actor)) return;
  // A Deny or a condition in what is given could hide what it allows tomorrow.
  const given = heldPolicies(
    roles.map((role) => ({ ...role, via: [] })),
    scope,
  );
  for (const action of rules.actions.filter(isDelicateAction)) {
    const isGiven = given.some(({ policy }) =>
      policy.statements.some((statement) => !statement.isDeny && statement.matchesAction(action)),
    );
    if (isGiven && !actor.rights.allowsAll(action)) throw requestErrors.policyRefused({ action });
  }
}

/** The same for a role and all that follow from it, held on what is named. */
export async function checkMayGiveRole(
  db: Queries,
  actor: Actor,
  { roleId, scope }: { roleId: string; scope: ScopeKind },
  rules: ApiRules,
): Promise<void> {
  if (isAdmin(actor)) return;
  const ids = withImplied([roleId], await listInferences(db));
  checkMayGive(actor, await listRolesById(db, ids), rules, scope);
}

/** The same for all that was given to these users and groups, wherever it was. */
export async function checkMayGiveAllOf(
  db: Queries,
  actor: Actor,
  actorIds: readonly string[],
  rules: ApiRules,
): Promise<void> {
  if (isAdmin(actor)) return;
  for (const assignment of await listAssignmentRows(db, { actorIds: [...actorIds] })) {
    const { roleId, targetId, isInherited } = assignment;
    const target = targetId === systemTargetId ? systemTarget : await findProject(db, targetId);
    const scope = target ? scopeOn(target, isInherited) : 'project';
    await checkMayGiveRole(db, actor, { roleId, scope }, rules);
  }
}
