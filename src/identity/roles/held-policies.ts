import { type CompiledPolicy, compilePolicy } from '#policy/compile.ts';
import type { PolicyDocument } from '#policy/document.ts';
import type { HeldPolicy } from '#policy/rights.ts';
import {
  compileSystemPolicy,
  findSystemPolicy,
  type ScopeKind,
  systemDocument,
} from '#policy/system-policies.ts';
import type { HeldRole, Role } from './role.ts';

/** What roles grant. One that is neither of the cloud's own nor a written policy grants nothing. */
export function heldPolicies(roles: readonly HeldRole[], scope: ScopeKind): HeldPolicy[] {
  return roles.flatMap((role) => {
    const policy = compiledOf(role, scope);
    const { via, enterpriseProjectId } = role;
    return policy ? [{ policy, via, enterpriseProjectId }] : [];
  });
}

/**
 * What roles refuse, without what they grant: whoever delegates some of their roles must not get
 * rid of a Deny by leaving out the role that has it.
 */
export function denialsOf(roles: readonly HeldRole[], scope: ScopeKind): HeldPolicy[] {
  return heldPolicies(roles, scope).flatMap(({ policy, ...held }) => {
    const statements = policy.statements.filter((statement) => statement.isDeny);
    if (statements.length === 0) return [];
    // Another id, as it is not the same policy for those who compare what two may do.
    return [{ ...held, policy: { ...policy, id: `${policy.id}:denials`, statements } }];
  });
}

/** What a role grants, as it is written; undefined where it grants nothing. */
export function documentOf(role: Role, scope: ScopeKind = 'project'): PolicyDocument | undefined {
  const { customPolicy, systemPolicy } = role;
  if (customPolicy) return customPolicy.document;
  const system = systemPolicy === null ? undefined : findSystemPolicy(systemPolicy);
  return system && systemDocument(system, scope);
}

function compiledOf(role: Role, scope: ScopeKind): CompiledPolicy | undefined {
  const { id, customPolicy } = role;
  if (customPolicy) {
    return compilePolicy({ id, name: customPolicy.displayName, document: customPolicy.document });
  }
  const system = role.systemPolicy === null ? undefined : findSystemPolicy(role.systemPolicy);
  return system && compileSystemPolicy(system, scope, id);
}
