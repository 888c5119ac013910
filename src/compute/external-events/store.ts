import type { Queries } from '#db/database.ts';

export interface ServerPlace {
  id: string;
  projectId: string;
  host: string | null;
}

/** As many ids as one query may name. */
const idsAtOnce = 500;

/** Where those of these servers are that live. */
export async function placesOf(
  db: Queries,
  serverIds: readonly string[],
): Promise<Map<string, ServerPlace>> {
  const places = new Map<string, ServerPlace>();
  for (let start = 0; start < serverIds.length; start += idsAtOnce) {
    const rows = await db
      .selectFrom('servers')
      .select(['id', 'project_id', 'host'])
      .where('id', 'in', serverIds.slice(start, start + idsAtOnce))
      .where('deleted_ms', 'is', null)
      .execute();
    for (const { id, project_id: projectId, host } of rows) places.set(id, { id, projectId, host });
  }
  return places;
}
