/** What a new server was given besides its row; made by the migration of the same name. */
export interface ServerDetailTables {
  server_files: ServerFilesTable;
}

/** The `personality` of a server. */
export interface ServerFilesTable {
  server_id: string;
  /** From 0, in the order in which they were sent. */
  position: number;
  path: string;
  /** Base64, without blanks. */
  contents: string;
}
