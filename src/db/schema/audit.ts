import type { Generated } from 'kysely';

export interface AuditTables {
  audit_records: AuditRecordsTable;
  refused_calls: RefusedCallsTable;
}

/** Who did what. It belongs to no other row and so survives them all. */
export interface AuditRecordsTable {
  id: string;
  asked_ms: number;
  request_id: string;
  surface: string;
  user_id: string;
  project_id: string | null;
  address: string;
  method: string;
  call: string;
  resource_id: string | null;
  /** Null while the request is at work, or when we died before it was answered. */
  status: Generated<number | null>;
  refusal: Generated<string | null>;
}

/**
 * Calls like each other that were refused to callers who are not known. What no row has room for
 * is null: with an address, the other calls from there; without, all the others of that day.
 */
export interface RefusedCallsTable {
  key: string;
  /** An address, of IPv6 the first 64 bits. */
  address: string | null;
  surface: string | null;
  method: string | null;
  call: string | null;
  status: number | null;
  refusal: string | null;
  user_id: string | null;
  count: number;
  first_ms: number;
  last_ms: number;
  /** Of the last of them. */
  request_id: string;
}
