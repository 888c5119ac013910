import type { FlavorSnapshot } from '#compute/servers/server.ts';
import { readerOfJson } from '#compute/servers/store.ts';
import type { Queries } from '#db/database.ts';
import type { Period, UsedServer } from './usage.ts';

export interface UsedServerPage {
  /** Null: of every project. */
  projectId: string | null;
  limit: number;
  /** Goes on after this one. */
  after: Pick<UsedServer, 'id' | 'projectId'> | undefined;
}

/** Servers that were there at some time of the period, ordered by project, then by id. */
export async function listUsedServers(
  db: Queries,
  { startMs, stopMs }: Period,
  { projectId, limit, after }: UsedServerPage,
): Promise<UsedServer[]> {
  let query = db
    .selectFrom('servers')
    .select(['id', 'project_id', 'name', 'vm_state', 'flavor', 'launched_ms', 'terminated_ms'])
    .where('launched_ms', '<', stopMs)
    .where((where) =>
      where.or([where('terminated_ms', 'is', null), where('terminated_ms', '>', startMs)]),
    )
    .orderBy('project_id')
    .orderBy('id')
    .limit(limit);
  if (projectId !== null) query = query.where('project_id', '=', projectId);
  if (after) {
    query = query.where((where) =>
      where.or([
        where('project_id', '>', after.projectId),
        where.and([where('project_id', '=', after.projectId), where('id', '>', after.id)]),
      ]),
    );
  }
  const readJson = readerOfJson();
  return (await query.execute()).map((row) => ({
    id: row.id,
    projectId: row.project_id,
    name: row.name,
    vmState: row.vm_state,
    flavor: readJson(row.flavor) as FlavorSnapshot,
    launchedMs: row.launched_ms ?? stopMs,
    terminatedMs: row.terminated_ms,
  }));
}
