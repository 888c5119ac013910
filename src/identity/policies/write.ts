import { limits } from '#base/limits.ts';
import type { Queries } from '#db/database.ts';
import type { Actor } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { requireDomain } from '../domains/require.ts';
import { identityErrors } from '../errors.ts';
import type { CustomPolicy, Role } from '../roles/role.ts';
import { findRole, insertRole, listCustomPolicies, replaceRole } from '../roles/store.ts';
import { policyErrors } from './errors.ts';
import { checkMayGive } from './may-give.ts';
import type { PolicyRequest } from './read-request.ts';

/** A role that is a policy which somebody wrote. */
export type PolicyRole = Role & { domainId: string; customPolicy: CustomPolicy };

export function isPolicyRole(role: Role): role is PolicyRole {
  return role.domainId !== null && role.customPolicy !== null;
}

/** Throws Conflict for a taken name, and where the account has as many as it may. */
export function createPolicy(
  context: IdentityContext,
  actor: Actor,
  domainId: string,
  request: PolicyRequest,
): Promise<PolicyRole> {
  const nowMs = context.clock.nowMs();
  return changeIdentity(context, async (tx) => {
    await requireDomain(tx, domainId);
    const others = await listCustomPolicies(tx, domainId);
    if (others.length >= limits.customPolicies) {
      throw policyErrors.tooManyPolicies({ count: limits.customPolicies });
    }
    const role: PolicyRole = {
      id: context.ids.hex(),
      domainId,
      name: `custom_${domainId}_${nextNumber(others)}`,
      description: request.description,
      options: {},
      extra: {},
      systemPolicy: null,
      customPolicy: policyOf(request, nowMs, nowMs),
    };
    checkMayGive(actor, [role], context.rules());
    checkName(others, role);
    await insertRole(tx, role);
    return role;
  });
}

/** Counts from the next request of whoever has it. Throws as creation does. */
export function updatePolicy(
  context: IdentityContext,
  actor: Actor,
  target: Allowed<PolicyRole>,
  request: PolicyRequest,
): Promise<PolicyRole> {
  return changeIdentity(context, async (tx) => {
    const before = await requirePolicy(tx, target.id);
    const { createdMs } = before.customPolicy;
    const role: PolicyRole = {
      ...before,
      description: request.description,
      customPolicy: policyOf(request, createdMs, context.clock.nowMs()),
    };
    checkMayGive(actor, [role], context.rules());
    checkName(await listCustomPolicies(tx, role.domainId), role);
    await replaceRole(tx, role);
    return role;
  });
}

async function requirePolicy(tx: Queries, id: string): Promise<PolicyRole> {
  const role = await findRole(tx, id);
  if (!role || !isPolicyRole(role)) throw identityErrors.roleNotFound({ id });
  return role;
}

function policyOf(request: PolicyRequest, createdMs: number, updatedMs: number): CustomPolicy {
  const { displayName, type, descriptionCn, document } = request;
  return { displayName, type, descriptionCn, document, createdMs, updatedMs };
}

function checkName(others: readonly Role[], { id, domainId, customPolicy }: PolicyRole): void {
  const name = customPolicy.displayName;
  const isTaken = others.some(
    (other) => other.id !== id && other.customPolicy?.displayName === name,
  );
  if (isTaken) throw identityErrors.nameTaken({ noun: 'role', name, domainId });
}

/** Names are not used twice while a later one stands. */
function nextNumber(others: readonly Role[]): number {
  const numbers = others.map(({ name }) => Number(name.slice(name.lastIndexOf('_') + 1)));
  return Math.max(-1, ...numbers) + 1;
}
