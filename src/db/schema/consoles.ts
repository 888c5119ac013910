export interface ConsoleTables {
  console_tokens: ConsoleTokensTable;
}

/** Who may look at which server's console, and until when. */
export interface ConsoleTokensTable {
  /** SHA-256 of the token; the token itself is only in the answer that gave it. */
  token_hash: string;
  server_id: string;
  user_id: string;
  /** Of the identity token by which it was asked for. */
  audit_id: string;
  type: string;
  expires_ms: number;
}
