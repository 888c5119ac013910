import { type RawBuilder, sql } from 'kysely';
import type { Seals } from '#base/sealing/seals.ts';
import type { Queries } from './database.ts';
import { rowContext, type SealedColumn, sealedColumns } from './sealed-columns.ts';

interface SealedRow {
  id: string;
  subject: string;
  text: string;
}

/** Seals everything anew, by the newest key. @returns how many secrets there were. */
export async function resealAll(tx: Queries, seals: Seals): Promise<number> {
  let count = 0;
  for (const sealed of sealedColumns) {
    const { table, key, column } = sealed;
    for (const row of (await selectRows(sealed).execute(tx)).rows) {
      const text = resealed(sealed, row, seals);
      if (text === undefined) continue;
      await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${text}
        where ${sql.ref(key)} = ${row.id}`.execute(tx);
      count += 1;
    }
  }
  return count;
}

function selectRows({ table, key, column, contextOf }: SealedColumn): RawBuilder<SealedRow> {
  return sql<SealedRow>`select ${sql.ref(key)} as id, ${sql.ref(contextOf ?? key)} as subject,
    ${sql.ref(column)} as text from ${sql.table(table)} where ${sql.ref(column)} is not null`;
}

/** @returns undefined when there is no secret in the row. */
function resealed({ table, member }: SealedColumn, row: SealedRow, seals: Seals) {
  const context = rowContext(table, row.subject);
  const again = (text: string) => {
    try {
      return seals.seal(seals.open(text, context), context);
    } catch (error) {
      const reason = (error as Error).message;
      throw new Error(`what is sealed in row ${row.id} of ${table} does not open: ${reason}`);
    }
  };
  if (member === undefined) return again(row.text);
  const whole = JSON.parse(row.text) as Record<string, unknown>;
  const text = whole[member];
  return typeof text === 'string' ? JSON.stringify({ ...whole, [member]: again(text) }) : undefined;
}
