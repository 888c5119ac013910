import { type CatalogEntry, catalogFor } from '../../../catalog/catalog.ts';
import type { Project } from '../../../projects/project.ts';
import type { Token } from '../../../tokens/token.ts';

/** `2026-01-31T23:59:59.000000Z`: six decimals, as Keystone writes times. */
export function isoMicrosZulu(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 23)}000Z`;
}

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
  catalog: readonly CatalogEntry[] | undefined,
): Record<string, unknown> {
  const { user, project, domain, roles } = token;
  const isScoped = project !== null || domain !== null;
  return {
    methods: token.methods,
    user: { ...named(user), domain: named(token.userDomain), password_expires_at: null },
    audit_ids: token.auditIds,
    expires_at: isoMicrosZulu(token.expiresMs),
    issued_at: isoMicrosZulu(token.issuedMs),
    ...(project === null ? {} : projectMembers(project, token.projectDomain)),
    ...(domain === null ? {} : { domain: named(domain) }),
    ...(isScoped ? { roles: roles.map(named) } : {}),
    ...(isScoped && catalog ? { catalog: catalogBody(catalog, project?.id ?? null) } : {}),
  };
}

function projectMembers(project: Project, domain: Project | null): Record<string, unknown> {
  return {
    is_domain: project.isDomain,
    project: { ...named(project), domain: domain && named(domain) },
  };
}

export function catalogBody(entries: readonly CatalogEntry[], projectId: string | null): unknown[] {
  return catalogFor(entries, projectId).map((entry) => ({
    id: entry.id,
    type: entry.type,
    name: entry.name,
    endpoints: entry.endpoints.map((endpoint) => ({
      id: endpoint.id,
      interface: endpoint.interface,
      region: endpoint.region,
      region_id: endpoint.region,
      url: endpoint.url,
    })),
  }));
}
