import { Type } from 'typebox';
import { systemTargetId } from '../../../assignments/assignment.ts';
import type { ListedAssignment } from '../../../assignments/list.ts';
import type { AssignmentNames } from '../../../assignments/names.ts';
import { closed, idAndName, text } from '../../answers.ts';
import { grantPathOf } from '../grants/path.ts';

/** Names stand beside the ids where they are asked for. */
const holder = Type.Object(
  { id: text, name: Type.Optional(text), domain: Type.Optional(idAndName) },
  closed,
);

export const assignmentSchema = Type.Object(
  {
    user: Type.Optional(holder),
    group: Type.Optional(holder),
    role: holder,
    scope: Type.Object(
      {
        project: Type.Optional(holder),
        domain: Type.Optional(holder),
        system: Type.Optional(Type.Object({ all: Type.Literal(true) }, closed)),
        'OS-INHERIT:inherited_to': Type.Optional(Type.Literal('projects')),
      },
      closed,
    ),
    links: Type.Object(
      { assignment: text, membership: Type.Optional(text), prior_role: Type.Optional(text) },
      closed,
    ),
  },
  closed,
);

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
  if (assignment.targetId === systemTargetId) return { system: { all: true } };
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
  const isSystem = targetId === systemTargetId;
  const path = grantPathOf({
    targets: isSystem ? 'system' : isDomain ? 'domains' : 'projects',
    actors: assignment.actorKind === 'group' || assignment.viaGroupId ? 'groups' : 'users',
    isInherited: assignment.isInherited || assignment.viaTargetId !== undefined,
  });
  return path
    .replace(/\{(project|domain)_id\}/, targetId)
    .replace(/\{(user|group)_id\}/, assignment.viaGroupId ?? assignment.actorId)
    .replace('{role_id}', assignment.viaRoleId ?? assignment.roleId);
}
