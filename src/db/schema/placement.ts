/** Server groups, host aggregates, moves and evacuations; made by 0009, 0010, 0026, 0031, 0055. */
export interface PlacementTables {
  server_groups: ServerGroupsTable;
  server_group_members: ServerGroupMembersTable;
  aggregates: AggregatesTable;
  aggregate_hosts: AggregateHostsTable;
  aggregate_metadata: AggregateMetadataTable;
  host_loads: HostLoadsView;
  server_moves: ServerMovesTable;
  evacuated_guests: EvacuatedGuestsTable;
  host_changes: HostChangesTable;
}

export interface ServerGroupsTable {
  id: string;
  project_id: string;
  user_id: string;
  name: string;
  policy: string;
  /** Of anti-affinity alone; null is one. */
  max_per_host: number | null;
  created_ms: number;
}

/** Rows outlive their servers; who asks for members asks for live servers too. */
export interface ServerGroupMembersTable {
  server_id: string;
  group_id: string;
}

export interface AggregatesTable {
  /** Counts up and is never given twice, which is why deleted rows are kept. */
  id: number;
  uuid: string;
  name: string;
  created_ms: number;
  updated_ms: number | null;
  deleted_ms: number | null;
}

export interface AggregateHostsTable {
  aggregate_id: number;
  host: string;
}

export interface AggregateMetadataTable {
  aggregate_id: number;
  key: string;
  value: string;
}

/** What live servers take of each host that has any; the database keeps it, nobody writes it. */
export interface HostLoadsView {
  host: string;
  servers: number;
  vcpus: number;
  memory_mib: number;
  disk_gib: number;
}

/** One row, whose number the database raises when anything changes of what hosts are. */
export interface HostChangesTable {
  mark: number;
}

/** One row while a server may still go back to where it was; `migrations` outlives it. */
export interface ServerMovesTable {
  server_id: string;
  migration_id: number;
  /** The server's own, whose quota it counts against. */
  project_id: string;
  user_id: string;
  /** `active` or `stopped`: what the server was before. */
  vm_state: string;
  /** `source` or `target`: on which side the server's own row stands. */
  side: string;
  /** Host, zone and flavor of each side, as JSON. */
  source: string;
  target: string;
  /** The other side's host, and what is held of it. */
  held_host: string;
  held_vcpus: number;
  held_memory_mib: number;
  held_disk_gib: number;
  /** By how much the other side exceeds what the server itself counts for. */
  extra_vcpus: number;
  extra_memory_mib: number;
  /** When the server was ready to be looked at; null before. */
  finished_ms: number | null;
}

/** One row while a host may still have the guest and disks of a server that was evacuated. */
export interface EvacuatedGuestsTable {
  server_id: string;
  held_host: string;
  migration_id: number;
  project_id: string;
  held_vcpus: number;
  held_memory_mib: number;
  held_disk_gib: number;
  /** When the server ran, or stood ready, elsewhere; null before. */
  finished_ms: number | null;
  /** JSON list: the ports whose wires are there; the server's own may be released meanwhile. */
  port_ids: string;
  /** 1: its guest could not be ended there, and nobody has said that it is. */
  may_run: number;
}
