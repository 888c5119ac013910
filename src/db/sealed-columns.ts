import type { Schema } from './schema.ts';

/** A column that holds sealed text, or JSON objects of which one member is sealed. */
export interface SealedColumn {
  table: keyof Schema;
  key: string;
  column: string;
  member?: string;
  /** Whose value follows the table's name in the context; absent: the key's. */
  contextOf?: string;
}

/** All that is sealed in the database: what is missing here is lost when its key goes. */
export const sealedColumns: readonly SealedColumn[] = [
  { table: 'credentials', key: 'id', column: 'sealed_blob' },
  { table: 'domain_config_secrets', key: 'id', column: 'sealed_value' },
  { table: 'access_keys', key: 'access', column: 'sealed_secret' },
  { table: 'host_credentials', key: 'host', column: 'sealed' },
  {
    table: 'operations',
    key: 'id',
    column: 'input',
    member: 'sealedAdminPass',
    contextOf: 'subject',
  },
];

/** The context of what is sealed in a row. @param id of the row, or of whom it stands for. */
export function rowContext(table: keyof Schema, id: string): string {
  return `${table}/${id}`;
}
