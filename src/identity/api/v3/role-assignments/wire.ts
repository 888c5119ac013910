import type { ListedAssignment } from '../../../assignments/list.ts';
import type { AssignmentNames } from '../../../assignments/names.ts';
import { grantPathOf } from '../grants/path.ts';

/** A domain's id is its own domain: that is how its scope is told from a project's. */
export interface AssignmentView {
  assignment: ListedAssignment;
  names: AssignmentNames;
  /** Names beside ids. */
  showsNames: boolean;
}

export function assignmentBody(view: AssignmentView, root: string): Record<string, unknown> {
  const { assignment } = view;
  return {
    [assignment.actorKind]: actorBody(view),
    role: roleOf(view),
    scope: scopeBody(view),
    links: linksOf(view, root),
  };
}

function actorBody({ assignment, names, showsNames }: AssignmentView): Record<string, unknown> {
  const actor = showsNames ? names.actors.get(assignment.actorId) : undefined;
  if (!actor) return { id: assignment.actorId };
  return { id: actor.id, name: actor.name, domain: domainBrief(names, actor.domainId) };
}

function roleOf({ assignment, names, showsNames }: AssignmentView): Record<string, unknown> {
  const role = showsNames ? names.roles.get(assignment.roleId) : undefined;
  if (!role) return { id: assignment.roleId };
  const domain = role.domainId === null ? {} : { domain: domainBrief(names, role.domainId) };
  return { id: role.id, name: role.name, ...domain };
}

function scopeBody(view: AssignmentView): Record<string, unknown> {
  const { assignment, names, showsNames } = view;
  const target = names.projects.get(assignment.targetId);
  const inherited = assignment.isInherited ? { 'OS-INHERIT:inherited_to': 'projects' } : {};
  if (!target || target.domainId === null) {
    const name = showsNames && target ? { name: target.name } : {};
    return { domain: { id: assignment.targetId, ...name }, ...inherited };
  }
  const named = showsNames
    ? { name: target.name, domain: domainBrief(names, target.domainId) }
    : {};
  return { project: { id: target.id, ...named }, ...inherited };
}

function domainBrief(names: AssignmentNames, id: string): Record<string, unknown> {
  return { id, name: names.projects.get(id)?.name };
}

/** The grant itself and, for an effective role, what it follows from. */
function linksOf(view: AssignmentView, root: string): Record<string, unknown> {
  const { assignment } = view;
  const { viaGroupId, viaRoleId } = assignment;
  return {
    assignment: root + grantUrl(view),
    ...(viaGroupId === undefined
      ? {}
      : { membership: `${root}/groups/${viaGroupId}/users/${assignment.actorId}` }),
    ...(viaRoleId === undefined ? {} : { prior_role: `${root}/roles/${viaRoleId}` }),
  };
}

function grantUrl({ assignment, names }: AssignmentView): string {
  const targetId = assignment.viaTargetId ?? assignment.targetId;
  const isDomain = (names.projects.get(targetId)?.domainId ?? null) === null;
  const path = grantPathOf({
    targets: isDomain ? 'domains' : 'projects',
    actors: assignment.actorKind === 'group' || assignment.viaGroupId ? 'groups' : 'users',
    isInherited: assignment.isInherited || assignment.viaTargetId !== undefined,
  });
  return path
    .replace(/\{(project|domain)_id\}/, targetId)
    .replace(/\{(user|group)_id\}/, assignment.viaGroupId ?? assignment.actorId)
    .replace('{role_id}', assignment.viaRoleId ?? assignment.roleId);
}
