import { limits } from '#base/limits.ts';
import type { Queries } from '#db/database.ts';
import type { Actor } from '#policy/actor.ts';
import { delegationErrors, refuseDelegated } from '#policy/delegation.ts';
import { rolesOfActor } from '../application-credentials/roles-of-actor.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import { findProject } from '../projects/store.ts';
import { type NamedRole, rolesNamed } from '../roles/named.ts';
import type { Role } from '../roles/role.ts';
import { findUser } from '../users/store.ts';
import { chained, depthOf } from './redelegate.ts';
import { rolesOfTrust } from './roles-of-trust.ts';
import { countTrustsOf, findTrust, insertTrust } from './store.ts';
import type { Trust } from './trust.ts';

export interface NewTrust {
  trustorUserId: string;
  trusteeUserId: string;
  projectId: string | null;
  isImpersonating: boolean;
  roles: readonly NamedRole[];
  expiresMs: number | null;
  remainingUses: number | null;
  mayRedelegate: boolean;
  /** Null: as many as are left. */
  redelegationCount: number | null;
}

/**
 * The maker is the trustor and has each role that is given. With a token of a trust it is passed
 * on, as far as that one allows. Throws UserNotFound, ProjectNotFound, RoleNotFound, Forbidden.
 */
export function createTrust(
  context: IdentityContext,
  actor: Actor,
  wanted: NewTrust,
): Promise<Trust> {
  const source = actor.delegation?.kind === 'trust' ? actor.delegation.id : null;
  if (source === null) refuseLimited(actor);
  if (actor.userId !== wanted.trustorUserId) throw identityErrors.notOneself();
  const { expiresMs } = wanted;
  if (expiresMs !== null && expiresMs <= context.clock.nowMs()) throw identityErrors.expiryPassed();
  return changeIdentity(context, async (tx) => {
    const trustee = await findUser(tx, wanted.trusteeUserId);
    if (!trustee) throw identityErrors.userNotFound({ id: wanted.trusteeUserId });
    const most = limits.trustsPerUser;
    if ((await countTrustsOf(tx, wanted.trustorUserId)) >= most) {
      throw identityErrors.tooMany({ noun: 'trust', limit: most });
    }
    const before = source === null ? undefined : await findTrust(tx, source);
    const { mayRedelegate: _, roles, ...rest } = wanted;
    const trust: Trust = {
      ...rest,
      id: context.ids.hex(),
      redelegationCount: depthOf(wanted, before),
      redelegatedTrustId: null,
      roles: await rolesFor(tx, actor, wanted.projectId, roles, before),
    };
    const made = before ? chained(before, trust) : trust;
    await insertTrust(tx, made);
    return made;
  });
}

/** Access rules do not go on with a trust, so whoever has them has nothing to give. */
function refuseLimited(actor: Actor): void {
  refuseDelegated(actor, 'trusts');
  const { delegation } = actor;
  if (delegation?.kind === 'application-credential' && delegation.accessRules) {
    throw delegationErrors.delegated({ what: 'trusts' });
  }
}

async function rolesFor(
  tx: Queries,
  actor: Actor,
  projectId: string | null,
  named: readonly NamedRole[],
  before: Trust | undefined,
): Promise<Role[]> {
  const roles = await rolesNamed(tx, named);
  if (projectId === null) {
    const [first] = roles;
    if (first) throw identityErrors.roleNotFound({ id: first.id });
    return [];
  }
  if (roles.length === 0) throw identityErrors.trustWithoutRoles();
  const project = await findProject(tx, projectId);
  if (!project || project.isDomain) throw identityErrors.projectNotFound({ id: projectId });
  const held = before
    ? (await rolesOfTrust(tx, before, project)).roles
    : await rolesOfActor(tx, actor, project);
  const missing = roles.find((role) => !held.some(({ id }) => id === role.id));
  if (missing) throw identityErrors.roleNotFound({ id: missing.id });
  return roles;
}
