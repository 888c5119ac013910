import { existsSync } from 'node:fs';
import { listRefused, type RefusedCallsRow } from '#audit/refused-store.ts';
import { type AuditRecordRow, listRecords } from '#audit/store.ts';
import { databaseLocation } from '#base/config.ts';
import { openDatabase, type Queries } from '#db/database.ts';
import type { CommandCall } from './commands.ts';

const pageItems = 1000;

/** Prints the audit records as JSON lines, oldest first; the cloud may be serving meanwhile. */
export async function audit({ config }: CommandCall): Promise<number> {
  const location = databaseLocation(config);
  if (config.database === 'sqlite' && !existsSync(location)) {
    throw new Error(`There is no database ${location}.`);
  }
  const database = await openDatabase(location);
  try {
    for await (const line of linesOf(database.queries)) console.log(JSON.stringify(line));
    return 0;
  } finally {
    await database.close();
  }
}

/** Records and counts of refusals as one, by the time at which they begin. */
async function* linesOf(db: Queries): AsyncGenerator<object> {
  const refused = pagesOf<RefusedCallsRow>((after) => listRefused(db, after, pageItems));
  let next = await refused.next();
  for await (const record of pagesOf<AuditRecordRow>((after) =>
    listRecords(db, after, pageItems),
  )) {
    for (; !next.done && next.value.first_ms < record.asked_ms; next = await refused.next()) {
      yield shownTogether(next.value);
    }
    yield shown(record);
  }
  for (; !next.done; next = await refused.next()) yield shownTogether(next.value);
}

async function* pagesOf<Row>(page: (after: Row | undefined) => Promise<Row[]>) {
  let after: Row | undefined;
  for (;;) {
    const rows = await page(after);
    yield* rows;
    after = rows.at(-1);
    if (rows.length < pageItems) return;
  }
}

function shown(row: AuditRecordRow): object {
  return {
    asked_at: new Date(row.asked_ms).toISOString(),
    request_id: row.request_id,
    user_id: row.user_id,
    project_id: row.project_id,
    address: row.address,
    api: row.surface,
    method: row.method,
    call: row.call,
    resource_id: row.resource_id,
    status: row.status,
    refusal: row.refusal,
  };
}

/** What is null was too much to tell apart: other calls from the address, others of the day. */
function shownTogether(row: RefusedCallsRow): object {
  return {
    asked_at: new Date(row.first_ms).toISOString(),
    last_asked_at: new Date(row.last_ms).toISOString(),
    count: row.count,
    request_id: row.request_id,
    user_id: row.user_id,
    project_id: null,
    address: row.address,
    api: row.surface,
    method: row.method,
    call: row.call,
    resource_id: null,
    status: row.status,
    refusal: row.refusal,
  };
}
