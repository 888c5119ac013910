/** A service as this process offers it, at addresses known only once we listen. */
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

/** Where identity answers, for the `WWW-Authenticate` header of a 401. */
export function identityUrl(entries: readonly CatalogEntry[]): string {
  const identity = entries.find((entry) => entry.type === 'identity');
  const endpoint =
    identity?.endpoints.find((candidate) => candidate.interface === 'public') ??
    identity?.endpoints[0];
  return endpoint?.url ?? '/v3';
}
