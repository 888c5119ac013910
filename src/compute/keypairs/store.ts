import type { Selectable } from 'kysely';
import type { Queries } from '#db/database.ts';
import type { KeypairsTable } from '#db/schema/compute-catalog.ts';
import type { Keypair, KeypairType } from './keypair.ts';

export type { Keypair };

function toKeypair(row: Selectable<KeypairsTable>): Keypair {
  return {
    number: row.number,
    userId: row.user_id,
    name: row.name,
    type: row.type as KeypairType,
    publicKey: row.public_key,
    fingerprint: row.fingerprint,
    createdMs: row.created_ms,
  };
}

export async function findKeypair(
  db: Queries,
  userId: string,
  name: string,
): Promise<Keypair | undefined> {
  const row = await db
    .selectFrom('keypairs')
    .selectAll()
    .where('user_id', '=', userId)
    .where('name', '=', name)
    .executeTakeFirst();
  return row && toKeypair(row);
}

/** In order of their names. */
export async function listKeypairs(
  db: Queries,
  userId: string,
  page: { limit: number; afterName?: string | undefined },
): Promise<Keypair[]> {
  if (page.limit === 0) return [];
  let query = db.selectFrom('keypairs').selectAll().where('user_id', '=', userId);
  if (page.afterName !== undefined) query = query.where('name', '>', page.afterName);
  const rows = await query.orderBy('name').limit(page.limit).execute();
  return rows.map(toKeypair);
}

export async function countKeypairs(db: Queries, userId: string): Promise<number> {
  const row = await db
    .selectFrom('keypairs')
    .select((select) => select.fn.countAll().as('count'))
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** @returns the key pair with its number. */
export async function insertKeypair(
  db: Queries,
  keypair: Omit<Keypair, 'number'>,
): Promise<Keypair> {
  const last = await db
    .selectFrom('keypairs')
    .select((select) => select.fn.max('number').as('number'))
    .executeTakeFirst();
  const number = (last?.number ?? 0) + 1;
  const row = {
    number,
    user_id: keypair.userId,
    name: keypair.name,
    type: keypair.type,
    public_key: keypair.publicKey,
    fingerprint: keypair.fingerprint,
    created_ms: keypair.createdMs,
  };
  await db.insertInto('keypairs').values(row).execute();
  return { ...keypair, number };
}

/** @returns false when there is no such key pair (any more). */
export async function deleteKeypairRow(
  db: Queries,
  userId: string,
  name: string,
): Promise<boolean> {
  const result = await db
    .deleteFrom('keypairs')
    .where('user_id', '=', userId)
    .where('name', '=', name)
    .executeTakeFirst();
  return Number(result.numDeletedRows) > 0;
}
