import type { AskedCall, KnownCall } from '#policy/api-rules.ts';
import type { Decision, DecisionTarget } from '#policy/rights.ts';
import { rolesOn } from '../assignments/roles-on.ts';
import type { IdentityContext } from '../context.ts';
import { enterpriseRolesOf } from '../enterprise-projects/held.ts';
import { identityErrors } from '../errors.ts';
import { policyErrors } from '../policies/errors.ts';
import { findProject } from '../projects/store.ts';
import { actorOf } from '../tokens/actor-of.ts';
import { findUser } from '../users/store.ts';

export interface ExplanationRequest {
  userId: string;
  /** A project or a domain: the scope of the token that would be used. */
  scopeId: string;
  call: AskedCall;
  /** Where what is called about lies. */
  enterpriseProjectId?: string | undefined;
}

export interface Explanation {
  isAllowed: boolean;
  /** Why no token would be had at all; null when one would. */
  withoutToken: string | null;
  call: KnownCall;
  /** What the path names, where that is something that statements can be about. */
  resource: string | null;
  /** One for each required action, in the order in which they are asked. */
  decisions: readonly Decision[];
}

/** A token by password has all of its user's roles. */
const undelegated = {
  withheld: [],
  applicationCredential: null,
  trust: null,
  applicationCredentialId: null,
  trustId: null,
  ec2CredentialId: null,
};

/**
 * What somebody with a password would be answered, and which statement decides that: found by the
 * code that decides it. Throws UserNotFound, ProjectNotFound, and for a call that is none.
 */
export async function explain(
  context: IdentityContext,
  request: ExplanationRequest,
): Promise<Explanation> {
  const call = context.rules().find(request.call);
  if (!call) throw policyErrors.callUnknown(request.call);
  const { queries } = context.database;
  const user = await findUser(queries, request.userId);
  if (!user) throw identityErrors.userNotFound({ id: request.userId });
  const scope = await findProject(queries, request.scopeId);
  if (!scope) throw identityErrors.projectNotFound({ id: request.scopeId });
  const userDomain = await findProject(queries, user.domainId);
  const scopeDomain = scope.domainId === null ? scope : await findProject(queries, scope.domainId);
  if (!userDomain || !scopeDomain) throw identityErrors.projectNotFound({ id: request.scopeId });
  const roles = await rolesOn(queries, user.id, scope);
  const nowMs = context.clock.nowMs();
  const actor = actorOf(context.clock, {
    hash: '',
    userId: user.id,
    projectId: scope.isDomain ? null : scope.id,
    domainId: scope.isDomain ? scope.id : null,
    isSystem: false,
    methods: ['password'],
    auditIds: [],
    issuedMs: nowMs,
    expiresMs: nowMs,
    user,
    userDomain,
    project: scope.isDomain ? null : scope,
    projectDomain: scope.isDomain ? null : scopeDomain,
    domain: scope.isDomain ? scope : null,
    ...undelegated,
    roles,
    enterpriseRoles: await enterpriseRolesOf(queries, user.id, scopeDomain.id),
  });
  const { enterpriseProjectId } = request;
  const described = await call.describe(actor);
  const isTold = described !== undefined || enterpriseProjectId !== undefined;
  const target: DecisionTarget | undefined = isTold
    ? { ...described, enterpriseProjectId }
    : undefined;
  const decisions = call.requires.map((action) => actor.rights.decide(action, target));
  const isEnabled = user.isEnabled && userDomain.isEnabled;
  const withoutToken = !isEnabled
    ? 'The user or their domain is disabled.'
    : !scope.isEnabled || !scopeDomain.isEnabled
      ? 'The project or its domain is disabled.'
      : roles.length === 0
        ? 'The user has no role there.'
        : null;
  const isGranted = withoutToken === null && decisions.every(({ isAllowed }) => isAllowed);
  const isAllowed = call.isPublic || isGranted;
  return { isAllowed, withoutToken, call, resource: described?.resource ?? null, decisions };
}
