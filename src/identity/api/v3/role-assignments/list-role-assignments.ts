import { type Static, Type } from 'typebox';
import { type AssignmentQuery, listAssignments } from '../../../assignments/list.ts';
import { namesOf } from '../../../assignments/names.ts';
import { identityErrors } from '../../../errors.ts';
import { endpoint } from '../../endpoint.ts';
import { isTrue, wholeListBody } from '../lists.ts';
import { assignmentBody } from './wire.ts';

const Query = Type.Object({
  'user.id': Type.Optional(Type.String()),
  'group.id': Type.Optional(Type.String()),
  'role.id': Type.Optional(Type.String()),
  'scope.project.id': Type.Optional(Type.String()),
  'scope.domain.id': Type.Optional(Type.String()),
  'scope.OS-INHERIT:inherited_to': Type.Optional(Type.String()),
  effective: Type.Optional(Type.String()),
  include_names: Type.Optional(Type.String()),
});

export const listRoleAssignments = endpoint({
  method: 'GET',
  path: '/role_assignments',
  summary: 'List who has which role where, as given or as it works out.',
  requires: ['identity:roleAssignments:list'],
  query: Query,
  status: 200,
  errors: [identityErrors.invalid],
  handle: async (service, call) => {
    const assignments = await listAssignments(service, assignmentQuery(call.query));
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
  if (isEffective && query['group.id'] !== undefined) {
    throw identityErrors.invalid({ reason: 'Effective assignments are of users, not of groups.' });
  }
  if (inheritedTo !== undefined && inheritedTo !== 'projects') {
    throw identityErrors.invalid({ reason: 'Roles can be inherited to projects only.' });
  }
  return {
    userId: query['user.id'],
    groupId: query['group.id'],
    targetId: query['scope.project.id'] ?? query['scope.domain.id'],
    roleId: query['role.id'],
    isInherited: inheritedTo === undefined ? undefined : true,
    isEffective,
  };
}

function refuseBoth(
  query: Static<typeof Query>,
  one: keyof Static<typeof Query>,
  other: keyof Static<typeof Query>,
): void {
  if (query[one] === undefined || query[other] === undefined) return;
  throw identityErrors.invalid({ reason: `Specify ${one} or ${other}, not both.` });
}
