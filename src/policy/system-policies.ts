import { type CompiledPolicy, compilePolicy } from './compile.ts';
import type { PolicyDocument } from './document.ts';
import { accountRoles } from './system/account-roles.ts';
import { ecsPolicies } from './system/ecs-policies.ts';
import { openstackRoles } from './system/openstack-roles.ts';
import { servicePolicies } from './system/service-policies.ts';
import type { ScopeKind, SystemPolicy } from './system/system-policy.ts';

export type { GrantType, ScopeKind, SystemPolicy } from './system/system-policy.ts';

/** All roles that come with the cloud. */
export const systemPolicies: readonly SystemPolicy[] = [
  ...openstackRoles,
  ...accountRoles,
  ...ecsPolicies,
  ...servicePolicies,
];

const byName: ReadonlyMap<string, SystemPolicy> = new Map(
  systemPolicies.map((policy) => [policy.name, policy]),
);

export function findSystemPolicy(name: string): SystemPolicy | undefined {
  return byName.get(name);
}

/** What a role that comes with the cloud says where it is held. */
export function systemDocument(policy: SystemPolicy, scope: ScopeKind): PolicyDocument {
  const { document, elsewhere = {} } = policy;
  return scope === 'project' ? document : (elsewhere[scope] ?? document);
}

/** @param id the role's, where it is a row. */
export function compileSystemPolicy(
  policy: SystemPolicy,
  scope: ScopeKind,
  id: string = policy.name,
): CompiledPolicy {
  const { displayName, isUnbounded = false, elsewhere } = policy;
  const document = systemDocument(policy, scope);
  const isBound = scope === 'domain' && elsewhere?.domain !== undefined;
  return compilePolicy({ id, name: displayName, document, isUnbounded: isUnbounded && !isBound });
}
