export interface AccessKeyTables {
  access_keys: AccessKeysTable;
  used_signatures: UsedSignaturesTable;
}

/** Keys by which users sign requests; made by the migration of the same name. */
export interface AccessKeysTable {
  /** The part that is no secret and names the key in each request. */
  access: string;
  user_id: string;
  sealed_secret: string;
  description: string;
  is_active: number;
  created_ms: number;
  /** Written now and then, not at each use; null when it was never used. */
  used_ms: number | null;
}

/** By which something was changed lately; only where several processes may serve. */
export interface UsedSignaturesTable {
  /** 64 hexadecimal digits. */
  signature: string;
  date_ms: number;
}
