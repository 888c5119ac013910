import type { Selectable } from 'kysely';
import type { Queries } from '#db/database.ts';
import type { Schema } from '#db/schema.ts';
import type { AccessKey } from './access-key.ts';

function fromRow(row: Selectable<Schema['access_keys']>): AccessKey {
  return {
    access: row.access,
    userId: row.user_id,
    sealedSecret: row.sealed_secret,
    description: row.description,
    isActive: row.is_active === 1,
    createdMs: row.created_ms,
    usedMs: row.used_ms,
  };
}

export async function insertAccessKey(db: Queries, key: AccessKey): Promise<void> {
  await db
    .insertInto('access_keys')
    .values({
      access: key.access,
      user_id: key.userId,
      sealed_secret: key.sealedSecret,
      description: key.description,
      is_active: key.isActive ? 1 : 0,
      created_ms: key.createdMs,
      used_ms: key.usedMs,
    })
    .execute();
}

export async function findAccessKey(db: Queries, access: string): Promise<AccessKey | undefined> {
  const row = await db
    .selectFrom('access_keys')
    .selectAll()
    .where('access', '=', access)
    .executeTakeFirst();
  return row && fromRow(row);
}

/** Oldest first. */
export async function listAccessKeyRows(db: Queries, userId: string): Promise<AccessKey[]> {
  const rows = await db
    .selectFrom('access_keys')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('created_ms')
    .orderBy('access')
    .execute();
  return rows.map(fromRow);
}

export async function updateAccessKeyRow(
  db: Queries,
  access: string,
  change: { description: string; isActive: boolean },
): Promise<void> {
  await db
    .updateTable('access_keys')
    .set({ description: change.description, is_active: change.isActive ? 1 : 0 })
    .where('access', '=', access)
    .execute();
}

/** A use that is known to be later stays. */
export async function noteKeyUse(db: Queries, access: string, usedMs: number): Promise<void> {
  await db
    .updateTable('access_keys')
    .set({ used_ms: usedMs })
    .where('access', '=', access)
    .where((where) => where.or([where('used_ms', 'is', null), where('used_ms', '<', usedMs)]))
    .execute();
}

export async function deleteAccessKeyRow(db: Queries, access: string): Promise<void> {
  await db.deleteFrom('access_keys').where('access', '=', access).execute();
}
