import { type Static, Type } from 'typebox';
import { limits } from '#base/limits.ts';
import type {
  AskedRule,
  NewApplicationCredential,
} from '../../../../application-credentials/create.ts';
import { identityErrors } from '../../../../errors.ts';
import { Description, Id, nameOf, Password } from '../../schemas.ts';
import { Expiry, expiryMs } from '../../times.ts';

const Rule = Type.Object(
  {
    id: Type.Optional(Id),
    path: Type.Optional(Type.String({ maxLength: 225, pattern: '^/[^\\u0000]*$' })),
    method: Type.Optional(Type.Enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const)),
    service: Type.Optional(Type.String({ maxLength: 64, pattern: '^[a-zA-Z0-9_-]+$' })),
  },
  { additionalProperties: false },
);

const RoleName = Type.Object(
  { id: Type.Optional(Id), name: Type.Optional(nameOf(255)) },
  { additionalProperties: false, minProperties: 1, maxProperties: 1 },
);

export const ApplicationCredentialCreate = Type.Object({
  application_credential: Type.Object({
    name: nameOf(255),
    description: Type.Optional(Description),
    secret: Type.Optional(Type.Union([Password, Type.Null()])),
    expires_at: Type.Optional(Expiry),
    roles: Type.Optional(Type.Array(RoleName, { maxItems: 64 })),
    unrestricted: Type.Optional(Type.Union([Type.Boolean(), Type.Null()])),
    access_rules: Type.Optional(Type.Array(Rule, { maxItems: limits.accessRulesPerCredential })),
  }),
});

type Wanted = Static<typeof ApplicationCredentialCreate>['application_credential'];

/** Throws ValidationError for a rule that says half of what it needs. */
export function newCredentialOf(wanted: Wanted): NewApplicationCredential {
  // An empty list of roles means what none at all does, as clients send either.
  const roles = wanted.roles?.length ? wanted.roles : undefined;
  return {
    name: wanted.name,
    description: wanted.description ?? null,
    secret: wanted.secret ?? null,
    isUnrestricted: wanted.unrestricted ?? false,
    expiresMs: expiryMs(wanted.expires_at),
    roles,
    accessRules: wanted.access_rules?.map(askedRule),
  };
}

function askedRule(rule: Static<typeof Rule>): AskedRule {
  const { id, path, method, service } = rule;
  if (path !== undefined && method !== undefined && service !== undefined) {
    return { path, method, service };
  }
  if (id !== undefined) return { id };
  throw identityErrors.invalid({
    reason: 'Expecting to find id, or path, method and service, in access_rules.',
  });
}
