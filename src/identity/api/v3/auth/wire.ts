import { Type } from 'typebox';
import { type CatalogReader, offeredTo } from '../../../catalog/addresses.ts';
import type { Catalog } from '../../../catalog/parts.ts';
import type { FederatedLogin } from '../../../federation/of-token.ts';
import type { Project } from '../../../projects/project.ts';
import type { Token } from '../../../tokens/token.ts';
import { expiryOf } from '../../../users/password-rules.ts';
import { boolean, closed, idAndName, text, textOrNull, texts } from '../../answers.ts';
import { isoMicros, isoMicrosZulu } from '../times.ts';
import { accessRuleBody, accessRuleSchema } from '../users/access-rules/wire.ts';

export const catalogEntrySchema = Type.Object(
  {
    id: text,
    type: text,
    name: text,
    endpoints: Type.Array(
      Type.Object(
        { id: text, interface: text, region: textOrNull, region_id: textOrNull, url: text },
        closed,
      ),
    ),
  },
  closed,
);

const project = Type.Object(
  { id: text, name: text, domain: Type.Union([idAndName, Type.Null()]) },
  closed,
);

const idOnly = Type.Object({ id: text }, closed);

const federation = Type.Object(
  { groups: Type.Array(idOnly), identity_provider: idOnly, protocol: idOnly },
  closed,
);

/** The scope is in one of three members, or there is none. */
export const tokenAnswer = Type.Object(
  {
    token: Type.Object(
      {
        methods: texts,
        user: Type.Object(
          {
            id: text,
            name: text,
            domain: idAndName,
            password_expires_at: textOrNull,
            'OS-FEDERATION': Type.Optional(federation),
          },
          closed,
        ),
        audit_ids: texts,
        expires_at: text,
        issued_at: text,
        is_domain: Type.Optional(boolean),
        project: Type.Optional(project),
        domain: Type.Optional(idAndName),
        system: Type.Optional(Type.Object({ all: Type.Literal(true) }, closed)),
        roles: Type.Optional(Type.Array(idAndName)),
        catalog: Type.Optional(Type.Array(catalogEntrySchema)),
        'OS-TRUST:trust': Type.Optional(
          Type.Object(
            { id: text, impersonation: boolean, trustor_user: idOnly, trustee_user: idOnly },
            closed,
          ),
        ),
        application_credential: Type.Optional(
          Type.Object(
            {
              id: text,
              name: text,
              restricted: boolean,
              access_rules: Type.Optional(Type.Array(accessRuleSchema)),
            },
            closed,
          ),
        ),
      },
      closed,
    ),
  },
  closed,
);

interface NamedResource {
  id: string;
  name: string;
}

function named(resource: NamedResource): NamedResource {
  return { id: resource.id, name: resource.name };
}

/** The catalog is left out for unscoped tokens and where `catalog` is undefined. */
export function tokenBody(
  token: Token,
  catalog: Catalog | undefined,
  login?: FederatedLogin,
): Record<string, unknown> {
  const { user, project, domain, roles } = token;
  const expiresMs = expiryOf(user);
  const isScoped = project !== null || domain !== null || token.isSystem;
  return {
    methods: token.methods,
    user: {
      ...named(user),
      domain: named(token.userDomain),
      password_expires_at: expiresMs === null ? null : isoMicros(expiresMs),
      ...(login && { 'OS-FEDERATION': federationBody(login) }),
    },
    audit_ids: token.auditIds,
    expires_at: isoMicrosZulu(token.expiresMs),
    issued_at: isoMicrosZulu(token.issuedMs),
    ...(project === null ? {} : projectMembers(project, token.projectDomain)),
    ...(domain === null ? {} : { domain: named(domain) }),
    ...(token.isSystem ? { system: { all: true } } : {}),
    ...(isScoped ? { roles: roles.map(named) } : {}),
    ...(isScoped && catalog
      ? { catalog: catalogBody(catalog, { projectId: project?.id ?? null, userId: user.id }) }
      : {}),
    ...credentialMembers(token),
    ...trustMembers(token),
  };
}

function federationBody({ idpId, protocolId, groupIds }: FederatedLogin) {
  return {
    groups: groupIds.map((id) => ({ id })),
    identity_provider: { id: idpId },
    protocol: { id: protocolId },
  };
}

function trustMembers({ trust }: Token): Record<string, unknown> {
  if (!trust) return {};
  return {
    'OS-TRUST:trust': {
      id: trust.id,
      impersonation: trust.isImpersonating,
      trustor_user: { id: trust.trustorUserId },
      trustee_user: { id: trust.trusteeUserId },
    },
  };
}

function credentialMembers({ applicationCredential }: Token): Record<string, unknown> {
  if (!applicationCredential) return {};
  const { isUnrestricted, accessRules } = applicationCredential;
  return {
    application_credential: {
      ...named(applicationCredential),
      restricted: !isUnrestricted,
      ...(accessRules && { access_rules: accessRules.map(accessRuleBody) }),
    },
  };
}

function projectMembers(project: Project, domain: Project | null): Record<string, unknown> {
  return {
    is_domain: project.isDomain,
    project: { ...named(project), domain: domain && named(domain) },
  };
}

export function catalogBody(catalog: Catalog, reader: CatalogReader): unknown[] {
  return offeredTo(catalog, reader).map((entry) => ({
    id: entry.id,
    type: entry.type,
    name: entry.name,
    endpoints: entry.endpoints.map((endpoint) => ({
      id: endpoint.id,
      interface: endpoint.interface,
      region: endpoint.regionId,
      region_id: endpoint.regionId,
      url: endpoint.url,
    })),
  }));
}
