import type { Clock } from '#base/clock.ts';
import type { Actor } from '#policy/actor.ts';
import type { Attributes } from '#policy/conditions.ts';
import type { Delegation } from '#policy/delegation.ts';
import { Rights } from '#policy/rights.ts';
import { findSystemPolicy } from '#policy/system-policies.ts';
import { denialsOf, heldPolicies } from '../roles/held-policies.ts';
import type { Token } from './token.ts';

/** Who holds a token, with what they may do: all of it, so that no later check asks a database. */
export function actorOf(clock: Clock, token: Token): Actor {
  return Object.freeze({
    userId: token.user.id,
    userName: token.user.name,
    userDomainId: token.user.domainId,
    projectId: token.project?.id ?? null,
    projectName: token.project?.name ?? null,
    projectDomainId: token.project?.domainId ?? null,
    domainId: token.domain?.id ?? null,
    isSystem: token.isSystem,
    roles: Object.freeze(namesOf(token)),
    rights: rightsOf(clock, token),
    auditId: token.auditIds[0] ?? '',
    delegation: delegationOf(token),
  });
}

function delegationOf(token: Token): Delegation | undefined {
  const { applicationCredential: credential, trust } = token;
  if (trust) return { kind: 'trust', id: trust.id };
  if (token.ec2CredentialId !== null) return { kind: 'ec2-credential' };
  if (!credential) return undefined;
  const { id, isUnrestricted, accessRules } = credential;
  return { kind: 'application-credential', id, isUnrestricted, accessRules };
}

function rightsOf(clock: Clock, token: Token): Rights {
  const scope = token.isSystem ? 'system' : token.domain ? 'domain' : 'project';
  const held = heldPolicies([...token.roles, ...(token.enterpriseRoles ?? [])], scope);
  return new Rights([...held, ...denialsOf(token.withheld, scope)], attributesOf(clock, token));
}

/** Who made a role and called it `Admin` has not made an administrator of anybody. */
function namesOf(token: Token): string[] {
  return token.roles.flatMap(({ name, systemPolicy }) => {
    if (systemPolicy !== null) return [systemPolicy];
    const plain = name.toLowerCase();
    return findSystemPolicy(plain) ? [] : [plain];
  });
}

/**
 * What conditions may ask, and the account that resources are of. Proof by one-time password is as
 * old as the token.
 */
function attributesOf(clock: Clock, token: Token): Attributes {
  const hasSecondFactor = token.methods.includes('totp');
  const known: Readonly<Record<string, () => string | undefined>> = {
    'g:CurrentTime': () => new Date(clock.nowMs()).toISOString(),
    'g:DomainId': () => token.project?.domainId ?? token.domain?.id ?? token.user.domainId,
    'g:DomainName': () => token.userDomain.name,
    'g:MFAPresent': () => String(hasSecondFactor),
    'g:MFAAge': () => (hasSecondFactor ? secondsSince(clock, token.issuedMs) : undefined),
    'g:ProjectName': () => token.project?.name,
    'g:UserId': () => token.user.id,
    'g:UserName': () => token.user.name,
  };
  return (key) => {
    const value = Object.hasOwn(known, key) ? known[key]?.() : undefined;
    return value === undefined ? undefined : [value];
  };
}

function secondsSince(clock: Clock, ms: number): string {
  return String(Math.floor((clock.nowMs() - ms) / 1000));
}
