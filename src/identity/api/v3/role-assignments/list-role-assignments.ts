import { type Static, Type } from 'typebox';
import { boundDomain } from '#policy/actor.ts';
import { systemTargetId } from '../../../assignments/assignment.ts';
import { type AssignmentQuery, listAssignments } from '../../../assignments/list.ts';
import { namesOf } from '../../../assignments/names.ts';
import { identityErrors } from '../../../errors.ts';
import { listAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { isTrue, wholeListBody } from '../lists.ts';
import { assignmentBody, assignmentSchema } from './wire.ts';

const Query = Type.Object({
  'user.id': Type.Optional(Type.String()),
  'group.id': Type.Optional(Type.String()),
  'role.id': Type.Optional(Type.String()),
  'scope.project.id': Type.Optional(Type.String()),
  'scope.domain.id': Type.Optional(Type.String()),
  'scope.system': Type.Optional(Type.String()),
  'scope.OS-INHERIT:inherited_to': Type.Optional(Type.String()),
  effective: Type.Optional(Type.String()),
  include_names: Type.Optional(Type.String()),
  include_subtree: Type.Optional(Type.String()),
});

export const listRoleAssignments = endpoint({
  method: 'GET',
  path: '/role_assignments',
  summary: 'List who has which role where, as given or as it works out.',
  requires: ['identity:roleAssignments:list'],
  query: Query,
  status: 200,
  response: listAnswer('role_assignments', assignmentSchema),
  errors: [identityErrors.invalid],
  handle: async (service, call) => {
    const assignments = await listAssignments(service, {
      ...assignmentQuery(call.query),
      withinDomainId: boundDomain(call.actor) ?? undefined,
    });
    const names = await namesOf(service, assignments);
    const showsNames = isTrue(call.query.include_names) ?? false;
    const bodies = assignments.map((assignment) =>
      assignmentBody({ assignment, names, showsNames }, call.root),
    );
    return wholeListBody(call, '/role_assignments', 'role_assignments', bodies);
  },
});

function assignmentQuery(query: Static<typeof Query>): AssignmentQuery {
  const isEffective = isTrue(query.effective) ?? false;
  const inheritedTo = query['scope.OS-INHERIT:inherited_to'];
  refuseBoth(query, 'user.id', 'group.id');
  refuseBoth(query, 'scope.project.id', 'scope.domain.id');
  refuseBoth(query, 'scope.project.id', 'scope.system');
  refuseBoth(query, 'scope.domain.id', 'scope.system');
  if (isEffective && query['group.id'] !== undefined) {
    throw identityErrors.invalid({ reason: 'Effective assignments are of users, not of groups.' });
  }
  if (isEffective && inheritedTo !== undefined && query['scope.domain.id'] !== undefined) {
    throw identityErrors.invalid({
      reason: 'What is inherited from a domain has its effect on projects, never on the domain.',
    });
  }
  const includesSubtree = isTrue(query.include_subtree) ?? false;
  if (includesSubtree && query['scope.project.id'] === undefined) {
    const reason = 'scope.project.id must be specified if include_subtree is also specified.';
    throw identityErrors.invalid({ reason });
  }
  if (inheritedTo !== undefined && inheritedTo !== 'projects') {
    throw identityErrors.invalid({ reason: 'Roles can be inherited to projects only.' });
  }
  return {
    userId: query['user.id'],
    groupId: query['group.id'],
    targetId: targetOf(query),
    includesSubtree,
    roleId: query['role.id'],
    isInherited: inheritedTo === undefined ? undefined : true,
    isEffective,
  };
}

/** Whatever the system is named by, it is meant whole; its name is no project's id. */
function targetOf(query: Static<typeof Query>): string | undefined {
  if (query['scope.system'] !== undefined) return systemTargetId;
  const id = query['scope.project.id'] ?? query['scope.domain.id'];
  return id === systemTargetId ? '' : id;
}

function refuseBoth(
  query: Static<typeof Query>,
  one: keyof Static<typeof Query>,
  other: keyof Static<typeof Query>,
): void {
  if (query[one] === undefined || query[other] === undefined) return;
  throw identityErrors.invalid({ reason: `Specify ${one} or ${other}, not both.` });
}
