/** A service as clients find it. */
export interface CatalogEntry {
  /** `compute`. */
  type: string;
  /** Distinct among entries: some clients keep services by name. */
  name: string;
  id: string;
  endpoints: readonly CatalogEndpoint[];
}

export interface CatalogEndpoint {
  id: string;
  interface: string;
  region: string;
  /** May hold `{project_id}`. */
  url: string;
}

/** The catalog for one scope: without a project, addresses that need one are left out. */
export function catalogFor(
  entries: readonly CatalogEntry[],
  projectId: string | null,
): CatalogEntry[] {
  return entries.map((entry) => ({
    ...entry,
    endpoints: entry.endpoints
      .filter((endpoint) => projectId !== null || !endpoint.url.includes('{project_id}'))
      .map((endpoint) => ({
        ...endpoint,
        url: endpoint.url.replaceAll('{project_id}', projectId ?? ''),
      })),
  }));
}

/** Where identity answers, for the `WWW-Authenticate` header of a 401. */
export function identityUrl(entries: readonly CatalogEntry[]): string {
  const identity = entries.find((entry) => entry.type === 'identity');
  const endpoint =
    identity?.endpoints.find((candidate) => candidate.interface === 'public') ??
    identity?.endpoints[0];
  return endpoint?.url ?? '/v3';
}
