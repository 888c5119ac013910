import { type Selectable, sql } from 'kysely';
import type { Queries } from '#db/database.ts';
import type { RefusedCallsTable } from '#db/schema/audit.ts';

export type RefusedCallsRow = Selectable<RefusedCallsTable>;

/** Adds to what is there: first, last and number; other rows of the same key say the same else. */
export async function addRefused(db: Queries, rows: readonly RefusedCallsRow[]): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insertInto('refused_calls')
    .values([...rows])
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({
        count: (where) => where('refused_calls.count', '+', where.ref('excluded.count')),
        first_ms: sql`case when excluded.first_ms < refused_calls.first_ms
          then excluded.first_ms else refused_calls.first_ms end`,
        request_id: sql`case when excluded.last_ms < refused_calls.last_ms
          then refused_calls.request_id else excluded.request_id end`,
        last_ms: sql`case when excluded.last_ms < refused_calls.last_ms
          then refused_calls.last_ms else excluded.last_ms end`,
      }),
    )
    .execute();
}

/** Rows that have an address: those of whole days are not among them. */
export async function countRefusedRows(db: Queries): Promise<number> {
  const { rows } = await db
    .selectFrom('refused_calls')
    .select((select) => select.fn.countAll<number | string>().as('rows'))
    .where('address', 'is not', null)
    .executeTakeFirstOrThrow();
  return Number(rows);
}

/** Removes the eldest of them, and tells which those were. */
export async function takeEldestRefused(db: Queries, rows: number): Promise<RefusedCallsRow[]> {
  const eldest = await db
    .selectFrom('refused_calls')
    .selectAll()
    .where('address', 'is not', null)
    .orderBy('first_ms')
    .orderBy('key')
    .limit(rows)
    .execute();
  const keys = eldest.map(({ key }) => key);
  if (keys.length > 0) await db.deleteFrom('refused_calls').where('key', 'in', keys).execute();
  return eldest;
}

/** By the time of their first, from the one after `after`. */
export function listRefused(
  db: Queries,
  after: Pick<RefusedCallsRow, 'first_ms' | 'key'> | undefined,
  limit: number,
): Promise<RefusedCallsRow[]> {
  let query = db.selectFrom('refused_calls').selectAll().orderBy('first_ms').orderBy('key');
  if (after) {
    query = query.where((where) =>
      where.or([
        where('first_ms', '>', after.first_ms),
        where.and([where('first_ms', '=', after.first_ms), where('key', '>', after.key)]),
      ]),
    );
  }
  return query.limit(limit).execute();
}

export async function deleteRefusedBefore(db: Queries, beforeMs: number): Promise<void> {
  await db.deleteFrom('refused_calls').where('last_ms', '<', beforeMs).execute();
}
