/** Server groups and host aggregates; made by the migrations 0009 and 0010. */
export interface PlacementTables {
  server_groups: ServerGroupsTable;
  server_group_members: ServerGroupMembersTable;
  aggregates: AggregatesTable;
  aggregate_hosts: AggregateHostsTable;
  aggregate_metadata: AggregateMetadataTable;
  host_loads: HostLoadsView;
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
