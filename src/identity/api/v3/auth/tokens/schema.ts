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
    unscoped: Type.Optional(Type.Unknown()),
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
      token: Type.Optional(Type.Object({ id: Type.String() })),
    }),
    scope: Type.Optional(Scope),
  }),
  // Where hand-written requests in the wild have it; the one inside `auth` wins.
  scope: Type.Optional(Scope),
});

/** Throws AuthMethodNotSupported, or ValidationError for a method without its proof. */
export function loginRequestOf(body: Static<typeof TokenRequest>): LoginRequest {
  const { identity } = body.auth;
  const request: LoginRequest = { scope: scopeOf(body.auth.scope ?? body.scope) };
  for (const method of new Set(identity.methods)) {
    if (method === 'password') request.password = passwordProof(identity.password);
    else if (method === 'token') request.token = tokenProof(identity.token);
    else throw identityErrors.methodUnsupported();
  }
  return request;
}

type Identity = Static<typeof TokenRequest>['auth']['identity'];

function passwordProof(proof: Identity['password']): NonNullable<LoginRequest['password']> {
  if (!proof) throw missing('password');
  const { password, ...user } = proof.user;
  return { user, password };
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
  if (scope.project) return { kind: 'project', ...scope.project };
  if (scope.domain) return { kind: 'domain', domain: scope.domain };
  if ('unscoped' in scope) return { kind: 'none' };
  // Scopes of other kinds exist; nobody has a role there.
  if ('system' in scope || 'OS-TRUST:trust' in scope) throw identityErrors.loginRefused();
  throw identityErrors.invalid({
    reason: 'Expecting to find project, domain or unscoped in scope.',
  });
}
