import type { Queries } from '#db/database.ts';
import type { InjectedFile } from './new-servers.ts';

export async function insertFiles(
  db: Queries,
  serverId: string,
  files: readonly InjectedFile[],
): Promise<void> {
  if (files.length === 0) return;
  const rows = files.map((file, position) => ({ server_id: serverId, position, ...file }));
  await db.insertInto('server_files').values(rows).execute();
}

/** What is given takes the place of all that was there. */
export async function replaceFiles(
  db: Queries,
  serverId: string,
  files: readonly InjectedFile[],
): Promise<void> {
  await deleteFiles(db, serverId);
  await insertFiles(db, serverId, files);
}

/** In the order in which they were sent. */
export async function filesOf(db: Queries, serverId: string): Promise<InjectedFile[]> {
  return db
    .selectFrom('server_files')
    .select(['path', 'contents'])
    .where('server_id', '=', serverId)
    .orderBy('position')
    .execute();
}

export async function deleteFiles(db: Queries, serverId: string): Promise<void> {
  await db.deleteFrom('server_files').where('server_id', '=', serverId).execute();
}
