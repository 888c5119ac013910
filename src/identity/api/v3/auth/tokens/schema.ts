import { type Static, Type } from 'typebox';
import { identityErrors } from '../../../../errors.ts';
import type { LoginRequest } from '../../../../tokens/log-in.ts';
import type { ScopeRequest } from '../../../../tokens/scope.ts';
import { LookedUp } from '../../schemas.ts';

const Named = Type.Object({
  id: Type.Optional(LookedUp),
  name: Type.Optional(LookedUp),
});

const Scope = Type.Union([
  Type.Object({
    project: Type.Optional(Type.Object({ ...Named.properties, domain: Type.Optional(Named) })),
    domain: Type.Optional(Named),
    system: Type.Optional(Type.Object({ all: Type.Optional(Type.Boolean()) })),
    unscoped: Type.Optional(Type.Unknown()),
    'OS-TRUST:trust': Type.Optional(Type.Object({ id: LookedUp })),
  }),
  Type.Literal('unscoped'),
  Type.Null(),
]);

/** Unknown members pass: a known client sends `auth.tenantName` beside `scope`. */
export const TokenRequest = Type.Object({
  auth: Type.Object({
    identity: Type.Object({
      methods: Type.Array(Type.String(), { minItems: 1, maxItems: 8 }),
      password: Type.Optional(
        Type.Object({
          user: Type.Object({
            ...Named.properties,
            domain: Type.Optional(Named),
            password: Type.String(),
          }),
        }),
      ),
      totp: Type.Optional(
        Type.Object({
          user: Type.Object({
            ...Named.properties,
            domain: Type.Optional(Named),
            passcode: Type.String({ maxLength: 64 }),
          }),
        }),
      ),
      token: Type.Optional(Type.Object({ id: Type.String() })),
      application_credential: Type.Optional(
        Type.Object({
          ...Named.properties,
          user: Type.Optional(Type.Object({ ...Named.properties, domain: Type.Optional(Named) })),
          secret: Type.String({ maxLength: 4096 }),
        }),
      ),
    }),
    scope: Type.Optional(Scope),
  }),
  // Where hand-written requests in the wild have it; the one inside `auth` wins.
  scope: Type.Optional(Scope),
});

/** Throws AuthMethodNotSupported, or ValidationError for a method without its proof. */
export function loginRequestOf(body: Static<typeof TokenRequest>, address: string): LoginRequest {
  const { identity } = body.auth;
  const request: LoginRequest = { address, scope: scopeOf(body.auth.scope ?? body.scope) };
  for (const method of new Set(identity.methods)) {
    if (method === 'password') request.password = passwordProof(identity.password);
    else if (method === 'totp') request.totp = totpProof(identity.totp);
    else if (method === 'token') request.token = tokenProof(identity.token);
    else if (method === 'application_credential') {
      if (!identity.application_credential) throw missing(method);
      request.applicationCredential = identity.application_credential;
    } else throw identityErrors.methodUnsupported();
  }
  return request;
}

type Identity = Static<typeof TokenRequest>['auth']['identity'];

function passwordProof(proof: Identity['password']): NonNullable<LoginRequest['password']> {
  if (!proof) throw missing('password');
  const { password, ...user } = proof.user;
  return { user, password };
}

function totpProof(proof: Identity['totp']): NonNullable<LoginRequest['totp']> {
  if (!proof) throw missing('totp');
  const { passcode, ...user } = proof.user;
  return { user, passcode };
}

function tokenProof(proof: Identity['token']): string {
  if (!proof) throw missing('token');
  return proof.id;
}

function missing(member: string) {
  return identityErrors.invalid({ reason: `Expecting to find ${member} in identity.` });
}

/** A project wins over a domain, as Huawei's IAM has it. */
function scopeOf(scope: Static<typeof Scope> | undefined): ScopeRequest {
  if (scope === undefined || scope === null) return { kind: 'default' };
  if (scope === 'unscoped') return { kind: 'none' };
  const trust = scope['OS-TRUST:trust'];
  if (trust) return { kind: 'trust', id: trust.id };
  if (scope.project) return { kind: 'project', ...scope.project };
  if (scope.domain) return { kind: 'domain', domain: scope.domain };
  if ('unscoped' in scope) return { kind: 'none' };
  if (scope.system?.all) return { kind: 'system' };
  if ('system' in scope) throw identityErrors.loginRefused();
  throw identityErrors.invalid({
    reason: 'Expecting to find project, domain or unscoped in scope.',
  });
}
