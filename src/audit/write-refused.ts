import { limits } from '#base/limits.ts';
import type { Database } from '#db/database.ts';
import { addTo, amongOthers } from './refused-calls.ts';
import {
  addRefused,
  countRefusedRows,
  type RefusedCallsRow,
  takeEldestRefused,
} from './refused-store.ts';

/**
 * Adds these counts to those that are written. Where there are more rows than there may be, the
 * eldest give way and are counted with the others of their day: numbers never get lost.
 */
export async function writeRefused(
  database: Database,
  rows: readonly RefusedCallsRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await database.note(async (tx) => {
    await addRefused(tx, rows);
    const excess = (await countRefusedRows(tx)) - limits.refusedCallRows;
    if (excess <= 0) return;
    const days = new Map<string, RefusedCallsRow>();
    for (const row of await takeEldestRefused(tx, excess)) {
      addTo(days, { ...row, ...amongOthers(row.first_ms) });
    }
    await addRefused(tx, [...days.values()]);
  });
}
