import type { Selectable } from 'kysely';
import type { Queries } from '#db/database.ts';
import type { AuditRecordsTable } from '#db/schema/audit.ts';

export type AuditRecordRow = Selectable<AuditRecordsTable>;

export async function insertRecord(
  db: Queries,
  row: Omit<AuditRecordRow, 'status' | 'refusal'>,
): Promise<void> {
  await db.insertInto('audit_records').values(row).execute();
}

export async function finishRecord(
  db: Queries,
  id: string,
  change: Partial<Pick<AuditRecordRow, 'status' | 'refusal' | 'resource_id'>>,
): Promise<void> {
  await db.updateTable('audit_records').set(change).where('id', '=', id).execute();
}

/** Oldest first, from the one after `after`. */
export function listRecords(
  db: Queries,
  after: Pick<AuditRecordRow, 'asked_ms' | 'id'> | undefined,
  limit: number,
): Promise<AuditRecordRow[]> {
  let query = db.selectFrom('audit_records').selectAll().orderBy('asked_ms').orderBy('id');
  if (after) {
    query = query.where((where) =>
      where.or([
        where('asked_ms', '>', after.asked_ms),
        where.and([where('asked_ms', '=', after.asked_ms), where('id', '>', after.id)]),
      ]),
    );
  }
  return query.limit(limit).execute();
}

export async function deleteRecordsBefore(db: Queries, beforeMs: number): Promise<void> {
  await db.deleteFrom('audit_records').where('asked_ms', '<', beforeMs).execute();
}
