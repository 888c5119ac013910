import { type Static, Type } from 'typebox';
import type { NewTrust } from '../../../../trusts/create.ts';
import { Id, NullableId, nameOf } from '../../schemas.ts';
import { Expiry, expiryMs } from '../../times.ts';

const RoleName = Type.Object(
  { id: Type.Optional(Id), name: Type.Optional(nameOf(255)) },
  { minProperties: 1 },
);

const nullable = (minimum: number) =>
  Type.Union([Type.Integer({ minimum, maximum: 2 ** 31 - 1 }), Type.Null()]);

export const TrustCreate = Type.Object({
  trust: Type.Object({
    impersonation: Type.Boolean(),
    trustor_user_id: Id,
    trustee_user_id: Id,
    project_id: Type.Optional(NullableId),
    roles: Type.Optional(Type.Array(RoleName, { maxItems: 64 })),
    expires_at: Type.Optional(Expiry),
    remaining_uses: Type.Optional(nullable(1)),
    allow_redelegation: Type.Optional(Type.Union([Type.Boolean(), Type.Null()])),
    redelegation_count: Type.Optional(nullable(0)),
  }),
});

export function newTrustOf(wanted: Static<typeof TrustCreate>['trust']): NewTrust {
  return {
    trustorUserId: wanted.trustor_user_id,
    trusteeUserId: wanted.trustee_user_id,
    projectId: wanted.project_id ?? null,
    isImpersonating: wanted.impersonation,
    roles: wanted.roles ?? [],
    expiresMs: expiryMs(wanted.expires_at),
    remainingUses: wanted.remaining_uses ?? null,
    mayRedelegate: wanted.allow_redelegation ?? false,
    redelegationCount: wanted.redelegation_count ?? null,
  };
}
