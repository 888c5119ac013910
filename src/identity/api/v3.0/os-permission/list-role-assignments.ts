import { type Static, Type } from 'typebox';
import { isAdmin } from '#policy/actor.ts';
import {
  type AccountAssignment,
  listAccountAssignments,
} from '../../../enterprise-projects/list-all.ts';
import { identityErrors } from '../../../errors.ts';
import { policyErrors } from '../../../policies/errors.ts';
import { closed, text } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { homeDomain } from '../../v3/home-domain.ts';
import { isTrue } from '../../v3/lists.ts';
import { PageQuery, pageOf } from '../pages.ts';

const words = ['user', 'group'] as const;
const scopes = ['domain', 'project', 'enterprise_project'] as const;

const Query = Type.Object({
  domain_id: Type.String({ minLength: 1 }),
  role_id: Type.Optional(Type.String()),
  subject: Type.Optional(Type.Union(words.map((word) => Type.Literal(word)))),
  'subject.user_id': Type.Optional(Type.String()),
  'subject.group_id': Type.Optional(Type.String()),
  scope: Type.Optional(Type.Union(scopes.map((word) => Type.Literal(word)))),
  'scope.project_id': Type.Optional(Type.String()),
  'scope.domain_id': Type.Optional(Type.String()),
  'scope.enterprise_projects_id': Type.Optional(Type.String()),
  is_inherited: Type.Optional(Type.String()),
  include_group: Type.Optional(Type.String()),
  ...PageQuery.properties,
});

const one = Type.Object({ id: text }, closed);

export const listAccountAssignmentsEndpoint = endpoint({
  method: 'GET',
  path: '/OS-PERMISSION/role-assignments',
  summary: 'List who has which role or policy where, enterprise projects included.',
  requires: ['identity:roleAssignments:list'],
  query: Query,
  status: 200,
  response: Type.Object(
    {
      total_num: Type.Integer(),
      role_assignments: Type.Array(
        Type.Object(
          {
            user: Type.Optional(one),
            group: Type.Optional(one),
            role: one,
            scope: Type.Object(
              {
                domain: Type.Optional(one),
                project: Type.Optional(one),
                enterprise_project: Type.Optional(one),
              },
              closed,
            ),
            is_inherited: Type.Boolean(),
          },
          closed,
        ),
      ),
    },
    closed,
  ),
  errors: [policyErrors.pageInvalid, identityErrors.domainNotFound],
  handle: async (service, call) => {
    const { query } = call;
    const { domain_id: domainId } = query;
    if (!isAdmin(call.actor) && domainId !== homeDomain(call.actor)) {
      throw identityErrors.domainNotFound({ id: domainId });
    }
    const all = await listAccountAssignments(service, {
      domainId,
      userId: query['subject.user_id'],
      groupId: query['subject.group_id'],
      includesGroups: isTrue(query.include_group) ?? true,
    });
    const wanted = all.filter((assignment) => isWanted(query, assignment));
    const page = pageOf(call, '/OS-PERMISSION/role-assignments', wanted, 50);
    return { total_num: wanted.length, role_assignments: page.items.map(bodyOf) };
  },
});

function isWanted(query: Static<typeof Query>, assignment: AccountAssignment): boolean {
  const { actorKind, roleId, scope, targetId, isInherited } = assignment;
  const target = (word: (typeof scopes)[number], id: string | undefined) =>
    id === undefined || (scope === word && targetId === id);
  return (
    (query.subject === undefined || query.subject === actorKind) &&
    (query.role_id === undefined || query.role_id === roleId) &&
    (query.scope === undefined || query.scope === scope) &&
    target('project', query['scope.project_id']) &&
    target('domain', query['scope.domain_id']) &&
    target('enterprise_project', query['scope.enterprise_projects_id']) &&
    (query.is_inherited === undefined || isTrue(query.is_inherited) === isInherited)
  );
}

function bodyOf(assignment: AccountAssignment) {
  return {
    [assignment.actorKind]: { id: assignment.actorId },
    role: { id: assignment.roleId },
    scope: { [assignment.scope]: { id: assignment.targetId } },
    is_inherited: assignment.isInherited,
  };
}
