import type { Allowed } from '#policy/engine.ts';
import { catalogErrors } from '../catalog/errors.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { isSamePlace } from './place.ts';
import {
  deleteAssociation,
  listAssociationRows,
  type PolicyAssociation,
  putAssociation,
} from './store.ts';

/** Another policy of the same place ends. */
export function associatePolicy(
  context: IdentityContext,
  association: Allowed<PolicyAssociation>,
): Promise<void> {
  return changeIdentity(context, (tx) => putAssociation(tx, association));
}

/** Throws NotFound where this policy is not of that place. */
export async function checkAssociation(
  context: IdentityContext,
  association: Allowed<PolicyAssociation>,
): Promise<void> {
  const rows = await listAssociationRows(context.database.queries);
  const isThere = rows.some(
    (row) => row.policyId === association.policyId && isSamePlace(row, association),
  );
  if (!isThere) throw catalogErrors.policyAssociationNotFound();
}

/** Nothing happens where it is not there, as with Keystone. */
export function dissociatePolicy(
  context: IdentityContext,
  association: Allowed<PolicyAssociation>,
): Promise<void> {
  return changeIdentity(context, (tx) => deleteAssociation(tx, association));
}
