import { Type } from 'typebox';
import type { Decision } from '#policy/rights.ts';
import { explain } from '../../../decisions/explain.ts';
import { identityErrors } from '../../../errors.ts';
import { policyErrors } from '../../../policies/errors.ts';
import { closed, text, textOrNull } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';

const grant = Type.Object(
  {
    user_id: Type.Optional(text),
    group_id: Type.Optional(text),
    target_id: text,
    is_inherited: Type.Boolean(),
    role_id: text,
  },
  closed,
);

const decided = Type.Object(
  {
    effect: Type.Union([Type.Literal('Allow'), Type.Literal('Deny')]),
    policy_id: text,
    policy_name: text,
    statement: Type.Integer(),
    granted_by: Type.Array(grant),
  },
  closed,
);

const explanation = Type.Object(
  {
    is_allowed: Type.Boolean(),
    without_token: textOrNull,
    call: Type.Object({ surface: text, path: text, is_public: Type.Boolean() }, closed),
    resource: textOrNull,
    actions: Type.Array(
      Type.Object(
        {
          action: text,
          is_allowed: Type.Boolean(),
          decided_by: Type.Union([decided, Type.Null()]),
        },
        closed,
      ),
    ),
  },
  closed,
);

export const showExplanation = endpoint({
  method: 'GET',
  path: '/OS-PERMISSION/explanation',
  summary: 'Tell whether a user may make a call, and which statement decides that.',
  requires: ['identity:decisions:explain'],
  query: Type.Object({
    user_id: Type.String(),
    /** A project or a domain. */
    scope_id: Type.String(),
    method: Type.String(),
    path: Type.String(),
    /** The member that the body would have, where actions share a path. */
    action: Type.Optional(Type.String()),
    enterprise_project_id: Type.Optional(Type.String()),
  }),
  status: 200,
  response: Type.Object({ explanation }, closed),
  errors: [identityErrors.userNotFound, identityErrors.projectNotFound, policyErrors.callUnknown],
  handle: async (service, { query }) => {
    const told = await explain(service, {
      userId: query.user_id,
      scopeId: query.scope_id,
      call: { method: query.method.toUpperCase(), path: query.path, action: query.action },
      enterpriseProjectId: query.enterprise_project_id,
    });
    const { surface, path, isPublic } = told.call;
    return {
      explanation: {
        is_allowed: told.isAllowed,
        without_token: told.withoutToken,
        call: { surface, path, is_public: isPublic },
        resource: told.resource,
        actions: told.decisions.map(decisionBody),
      },
    };
  },
});

function decisionBody({ action, isAllowed, by }: Decision) {
  return {
    action,
    is_allowed: isAllowed,
    decided_by: by && {
      effect: by.statement.isDeny ? 'Deny' : 'Allow',
      policy_id: by.held.policy.id,
      policy_name: by.held.policy.name,
      statement: by.statement.index,
      granted_by: by.held.via.map((source) => ({
        [source.actorKind === 'user' ? 'user_id' : 'group_id']: source.actorId,
        target_id: source.targetId,
        is_inherited: source.isInherited,
        role_id: source.roleId,
      })),
    },
  };
}
