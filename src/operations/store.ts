import type { Selectable } from 'kysely';
import type { Queries } from '#db/database.ts';
import { prepared } from '#db/prepared.ts';
import type { Schema } from '#db/schema.ts';

export type OperationRow = Selectable<Schema['operations']>;

const unfinished = ['running', 'undoing'] as const;

export async function insertOperation(
  db: Queries,
  row: Omit<OperationRow, 'sequence'>,
): Promise<void> {
  const last = await db
    .selectFrom('operations')
    .select((select) => select.fn.max('sequence').as('sequence'))
    .executeTakeFirst();
  const sequence = (last?.sequence ?? 0) + 1;
  await db
    .insertInto('operations')
    .values({ ...row, sequence })
    .execute();
}

/** @returns the ids of the operations that were taken over. */
export async function supersedeOperations(
  db: Queries,
  subject: string,
  nowMs: number,
): Promise<string[]> {
  const rows = await db
    .updateTable('operations')
    .set({ state: 'superseded', updated_ms: nowMs })
    .where('subject', '=', subject)
    .where('state', 'in', unfinished)
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Everything that was not finished when the process ended, oldest first. */
export function listUnfinished(db: Queries): Promise<Pick<OperationRow, 'id' | 'subject'>[]> {
  return db
    .selectFrom('operations')
    .select(['id', 'subject'])
    .where('state', 'in', unfinished)
    .orderBy('sequence')
    .execute();
}

/** Whether something of the subject is queued or at work. */
export async function hasUnfinished(db: Queries, subject: string): Promise<boolean> {
  const row = await db
    .selectFrom('operations')
    .select('id')
    .where('subject', '=', subject)
    .where('state', 'in', unfinished)
    .executeTakeFirst();
  return row !== undefined;
}

const selectOperation = prepared(1, (db, [id]) =>
  db
    .selectFrom('operations')
    .selectAll()
    .where('id', '=', id as never),
);

export async function findOperation(db: Queries, id: string): Promise<OperationRow | undefined> {
  return (await selectOperation(db, [id]))[0];
}

/** @returns false when the operation has meanwhile been taken over or ended. */
export async function recordProgress(
  db: Queries,
  id: string,
  change: Partial<Pick<OperationRow, 'state' | 'step' | 'data' | 'error'>>,
  nowMs: number,
): Promise<boolean> {
  const result = await db
    .updateTable('operations')
    .set({ ...change, updated_ms: nowMs })
    .where('id', '=', id)
    .where('state', 'in', unfinished)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) > 0;
}

/** Ended operations are kept for a while for those who ask what happened, then forgotten. */
export async function deleteEndedBefore(db: Queries, beforeMs: number): Promise<void> {
  await db
    .deleteFrom('operations')
    .where('state', 'not in', unfinished)
    .where('updated_ms', '<', beforeMs)
    .execute();
}
