import { sql } from 'kysely';

/** What is set together with any change of a resource: its number goes one up, and when. */
export function nextRevision(nowMs: number) {
  return { revision_number: sql<number>`${sql.ref('revision_number')} + 1`, updated_ms: nowMs };
}
