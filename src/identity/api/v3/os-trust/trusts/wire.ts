import { type TSchema, Type } from 'typebox';
import type { Trust } from '../../../../trusts/trust.ts';
import { boolean, closed, links, text, textOrNull } from '../../../answers.ts';
import { roleBody, roleSchema } from '../../roles/wire.ts';
import { isoMicrosZulu } from '../../times.ts';

const members = {
  id: text,
  trustor_user_id: text,
  trustee_user_id: text,
  project_id: textOrNull,
  impersonation: boolean,
  expires_at: textOrNull,
  deleted_at: Type.Null(),
  remaining_uses: Type.Union([Type.Integer(), Type.Null()]),
  redelegation_count: Type.Integer(),
  redelegated_trust_id: textOrNull,
  links,
};

/** In lists, which leave the roles out. */
export const briefTrustSchema: TSchema = Type.Object(members, closed);

export const trustSchema: TSchema = Type.Object(
  {
    ...members,
    roles: Type.Array(roleSchema),
    roles_links: Type.Object({ self: text, next: Type.Null(), previous: Type.Null() }, closed),
  },
  closed,
);

export function briefTrustBody(trust: Trust, root: string): Record<string, unknown> {
  return {
    id: trust.id,
    trustor_user_id: trust.trustorUserId,
    trustee_user_id: trust.trusteeUserId,
    project_id: trust.projectId,
    impersonation: trust.isImpersonating,
    expires_at: trust.expiresMs === null ? null : isoMicrosZulu(trust.expiresMs),
    deleted_at: null,
    remaining_uses: trust.remainingUses,
    redelegation_count: trust.redelegationCount,
    redelegated_trust_id: trust.redelegatedTrustId,
    links: { self: `${root}/OS-TRUST/trusts/${trust.id}` },
  };
}

export function trustBody(trust: Trust, root: string): Record<string, unknown> {
  return {
    ...briefTrustBody(trust, root),
    roles: trust.roles.map((role) => roleBody(role, root)),
    roles_links: {
      self: `${root}/OS-TRUST/trusts/${trust.id}/roles`,
      next: null,
      previous: null,
    },
  };
}
