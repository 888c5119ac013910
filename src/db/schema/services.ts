/** Services that run no servers, and moves of servers; made by the migrations 0020 and 0014. */
export interface ServiceTables {
  control_services: ControlServicesTable;
  migrations: MigrationsTable;
}

/** `nova-conductor` and `nova-scheduler`: what decides. `nova-compute` is a row of `hosts`. */
export interface ControlServicesTable {
  /** Shares its sequence with the numbers of hosts. */
  number: number;
  uuid: string;
  binary_name: string;
  host: string;
  enabled: number;
  disabled_reason: string | null;
  forced_down: number;
  seen_ms: number;
}

export interface MigrationsTable {
  /** Counts up over all migrations. */
  id: number;
  uuid: string;
  server_id: string;
  /** Whose request moved it. */
  project_id: string;
  user_id: string;
  /** `migration`, `resize`, `live-migration`, `evacuation`. */
  type: string;
  status: string;
  source_host: string | null;
  target_host: string | null;
  target_address: string | null;
  old_flavor_number: number | null;
  new_flavor_number: number | null;
  /** 1: no longer of interest to those who list. */
  hidden: number;
  memory_total_bytes: number | null;
  memory_processed_bytes: number | null;
  memory_remaining_bytes: number | null;
  disk_total_bytes: number | null;
  disk_processed_bytes: number | null;
  disk_remaining_bytes: number | null;
  created_ms: number;
  updated_ms: number | null;
}
