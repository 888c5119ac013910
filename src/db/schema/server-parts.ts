/** Tables of what belongs to a server and changes without it. */
export interface ServerPartTables {
  server_tags: ServerTagsTable;
  instance_action_events: InstanceActionEventsTable;
  server_passwords: ServerPasswordsTable;
}

export interface ServerTagsTable {
  server_id: string;
  tag: string;
}

/** What was done on a host for an instance action. */
export interface InstanceActionEventsTable {
  id: string;
  action_id: string;
  name: string;
  host: string | null;
  started_ms: number;
  finished_ms: number | null;
  /** `Success`, `Error`, or null while it goes on. */
  result: string | null;
  details: string | null;
}

/** What guests say of their passwords, encrypted by them for their users. */
export interface ServerPasswordsTable {
  server_id: string;
  encrypted: string;
  set_ms: number;
}
