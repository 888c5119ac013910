/** What servers are made from and measured by; made by the migration of the same name. */
export interface ComputeCatalogTables {
  flavors: FlavorsTable;
  flavor_access: FlavorAccessTable;
  keypairs: KeypairsTable;
  project_quotas: ProjectQuotasTable;
}

export interface FlavorsTable {
  /** Nova's `flavorid`: chosen by whoever makes the flavor, `42` as well as a UUID. */
  id: string;
  name: string;
  description: string | null;
  vcpus: number;
  memory_mib: number;
  disk_gib: number;
  ephemeral_gib: number;
  swap_mib: number;
  rxtx_factor: number;
  is_public: number;
  disabled: number;
  /** JSON object of strings. */
  extra_specs: string;
  created_ms: number;
  updated_ms: number;
}

/** Projects that may use a flavor which is not public. */
export interface FlavorAccessTable {
  flavor_id: string;
  project_id: string;
}

export interface KeypairsTable {
  /** The number that the API shows as `id`; counts up. */
  number: number;
  user_id: string;
  name: string;
  type: string;
  public_key: string;
  fingerprint: string;
  created_ms: number;
}

/** Limits that an administrator set for one project; what is absent has its default. */
export interface ProjectQuotasTable {
  project_id: string;
  resource: string;
  /** -1: no limit. */
  hard_limit: number;
}
