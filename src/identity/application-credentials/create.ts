import { limits } from '#base/limits.ts';
import { secretWord } from '#base/typed-secrets.ts';
import type { Queries } from '#db/database.ts';
import type { AccessRule } from '#policy/access-rules.ts';
import type { Actor } from '#policy/actor.ts';
import { refuseDelegated } from '#policy/delegation.ts';
import type { Allowed } from '#policy/engine.ts';
import { findRule, findSameRule, insertRule } from '../access-rules/store.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import { findProject } from '../projects/store.ts';
import { type NamedRole, rolesNamed } from '../roles/named.ts';
import type { Role } from '../roles/role.ts';
import { listRolesById } from '../roles/store.ts';
import type { User } from '../users/user.ts';
import type { ApplicationCredential, OwnedAccessRule } from './credential.ts';
import { rolesOfActor } from './roles-of-actor.ts';
import { insertCredential, listCredentialsOfUser } from './store.ts';

/** A new rule, or one that the user has. */
export type AskedRule = AccessRule | { id: string };

export interface NewApplicationCredential {
  name: string;
  description: string | null;
  /** Null: one is made. */
  secret: string | null;
  isUnrestricted: boolean;
  expiresMs: number | null;
  /** Undefined: all that the maker's token has. */
  roles: readonly NamedRole[] | undefined;
  accessRules: readonly AskedRule[] | undefined;
}

const secretBytes = 64;

/**
 * For the project of the maker's token, which has every role that the credential gets, and every
 * request that it may make. @returns the secret, which nobody can read again.
 * Throws Conflict, ApplicationCredentialValidation, AccessRuleNotFound.
 */
export async function createApplicationCredential(
  context: IdentityContext,
  actor: Actor,
  user: Allowed<User>,
  wanted: NewApplicationCredential,
): Promise<{ credential: ApplicationCredential; secret: string }> {
  refuseDelegated(actor, 'application credentials');
  const { expiresMs } = wanted;
  if (expiresMs !== null && expiresMs <= context.clock.nowMs()) throw identityErrors.expiryPassed();
  const secret = wanted.secret ?? secretWord(context.ids, secretBytes);
  const secretHash = await context.passwords.hash(secret);
  const credential = await changeIdentity(context, async (tx) => {
    await checkRoom(tx, user.id, wanted.name);
    const projectId = actor.projectId ?? '';
    const made: ApplicationCredential = {
      id: context.ids.hex(),
      userId: user.id,
      projectId,
      name: wanted.name,
      description: wanted.description,
      secretHash,
      isUnrestricted: wanted.isUnrestricted,
      expiresMs,
      roles: await rolesFor(tx, actor, projectId, wanted.roles),
      accessRules: await rulesFor(context, tx, actor, wanted.accessRules),
    };
    await insertCredential(tx, made);
    return made;
  });
  return { credential, secret };
}

async function checkRoom(tx: Queries, userId: string, name: string): Promise<void> {
  const known = await listCredentialsOfUser(tx, userId);
  const noun = 'application_credential';
  if (known.some((other) => other.name === name)) {
    throw identityErrors.nameTaken({ noun, name, domainId: null });
  }
  const most = limits.applicationCredentialsPerUser;
  if (known.length >= most) throw identityErrors.tooMany({ noun, limit: most });
}

/** Whoever made the token less than its user must not get more by way of a credential. */
async function rolesFor(
  tx: Queries,
  actor: Actor,
  projectId: string,
  named: readonly NamedRole[] | undefined,
): Promise<Role[]> {
  const project = await findProject(tx, projectId);
  if (!project || project.isDomain) {
    const detail = 'the token is for no project';
    throw identityErrors.applicationCredentialInvalid({ detail });
  }
  const held = await rolesOfActor(tx, actor, project);
  const given = named ? await rolesNamed(tx, named) : held;
  const roles = await listRolesById(
    tx,
    given.map((role) => role.id),
  );
  const missing = roles.find((role) => !held.some(({ id }) => id === role.id));
  if (!missing && roles.length > 0) return roles;
  const detail = `Could not find role assignment with role: ${missing?.id ?? '(none)'}`;
  throw identityErrors.applicationCredentialInvalid({ detail });
}

async function rulesFor(
  context: IdentityContext,
  tx: Queries,
  actor: Actor,
  asked: readonly AskedRule[] | undefined,
): Promise<OwnedAccessRule[] | null> {
  const { delegation } = actor;
  const most = delegation?.kind === 'application-credential' ? delegation.accessRules : null;
  if (asked === undefined) {
    if (most === null) return null;
    const detail = 'the token has access rules, and can give no credential without';
    throw identityErrors.applicationCredentialInvalid({ detail });
  }
  const rules = new Map<string, OwnedAccessRule>();
  for (const one of asked) {
    const rule = await ownRule(context, tx, actor.userId, one);
    if (most && !most.some((allowed) => sayTheSame(allowed, rule))) {
      const detail = `the token may not ${rule.method} ${rule.path} itself`;
      throw identityErrors.applicationCredentialInvalid({ detail });
    }
    rules.set(rule.id, rule);
  }
  return [...rules.values()];
}

function sayTheSame(one: AccessRule, other: AccessRule): boolean {
  const { service, method, path } = one;
  return service === other.service && method === other.method && path === other.path;
}

async function ownRule(
  context: IdentityContext,
  tx: Queries,
  userId: string,
  asked: AskedRule,
): Promise<OwnedAccessRule> {
  if ('id' in asked) {
    const known = await findRule(tx, asked.id);
    if (known?.userId !== userId) throw identityErrors.accessRuleNotFound({ id: asked.id });
    return known;
  }
  const known = await findSameRule(tx, userId, asked);
  if (known) return known;
  const { service, method, path } = asked;
  const rule = { id: context.ids.hex(), userId, service, method, path };
  await insertRule(tx, rule);
  return rule;
}
