import type { Allowed } from '#policy/engine.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import { type JsonObject, mergeMembers } from '../extras.ts';
import type { PolicyBlob } from './blob.ts';
import { deletePolicyRow, insertPolicy, listPolicyRows, replacePolicy } from './store.ts';

export async function createPolicy(
  context: IdentityContext,
  wanted: Omit<PolicyBlob, 'id'>,
): Promise<PolicyBlob> {
  const policy = { ...wanted, id: context.ids.hex() };
  await changeIdentity(context, (tx) => insertPolicy(tx, policy));
  return policy;
}

/** Absent members stay as they are. */
export function updatePolicy(
  context: IdentityContext,
  target: Allowed<PolicyBlob>,
  change: { type?: string | undefined; blob?: unknown; extra: JsonObject },
): Promise<PolicyBlob> {
  return changeIdentity(context, async (tx) => {
    const before = (await listPolicyRows(tx)).find(({ id }) => id === target.id);
    if (!before) throw identityErrors.policyNotFound({ id: target.id });
    const policy: PolicyBlob = {
      ...before,
      type: change.type ?? before.type,
      blob: change.blob === undefined ? before.blob : change.blob,
      extra: mergeMembers(before.extra, change.extra),
    };
    await replacePolicy(tx, policy);
    return policy;
  });
}

export function deletePolicy(context: IdentityContext, policy: Allowed<PolicyBlob>): Promise<void> {
  return changeIdentity(context, (tx) => deletePolicyRow(tx, policy.id));
}
