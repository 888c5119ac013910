import type { Selectable } from 'kysely';
import type { Seals } from '#base/sealing/seals.ts';
import type { Queries } from '#db/database.ts';
import type { Schema } from '#db/schema.ts';
import { rowContext } from '#db/sealed-columns.ts';
import { type Page, type PageRequest, pageOf } from '../listing/page.ts';
import { rowsById } from '../listing/store.ts';
import type { Credential, CredentialFacts } from './credential.ts';

function factsOf(row: Selectable<Schema['credentials']>): CredentialFacts {
  return { id: row.id, userId: row.user_id, projectId: row.project_id, type: row.type };
}

export async function insertCredential(
  db: Queries,
  seals: Seals,
  { id, userId, projectId, type, blob }: Credential,
): Promise<void> {
  const sealed_blob = seals.seal(blob, rowContext('credentials', id));
  const row = { id, user_id: userId, project_id: projectId, type, sealed_blob };
  await db.insertInto('credentials').values(row).execute();
}

/** A new secret was never used. @returns false when there is no such credential. */
export async function replaceCredential(
  db: Queries,
  seals: Seals,
  id: string,
  blob: string,
): Promise<boolean> {
  const sealed_blob = seals.seal(blob, rowContext('credentials', id));
  const result = await db
    .updateTable('credentials')
    .set({ sealed_blob, used_step: null })
    .where('id', '=', id)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) > 0;
}

export async function deleteCredentialRow(db: Queries, id: string): Promise<void> {
  await db.deleteFrom('credentials').where('id', '=', id).execute();
}

/** Without the secret. */
export async function findCredential(
  db: Queries,
  id: string,
): Promise<CredentialFacts | undefined> {
  const row = await db
    .selectFrom('credentials')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row && factsOf(row);
}

export async function countCredentials(db: Queries, userId: string): Promise<number> {
  const row = await db
    .selectFrom('credentials')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

export interface CredentialFilters {
  userId?: string | undefined;
  type?: string | undefined;
  /** Only this user's, whatever else is asked. */
  ownerId?: string | undefined;
  /** Only those of this domain's users. */
  ownerDomainId?: string | null | undefined;
}

/** By id. */
export async function listCredentialRows(
  db: Queries,
  { userId, type, ownerId, ownerDomainId = null }: CredentialFilters,
  page: PageRequest,
): Promise<Page<CredentialFacts>> {
  let query = db.selectFrom('credentials').selectAll();
  if (userId !== undefined) query = query.where('user_id', '=', userId);
  if (ownerId !== undefined) query = query.where('user_id', '=', ownerId);
  if (ownerDomainId !== null) {
    query = query.where('user_id', 'in', (inner) =>
      inner.selectFrom('users').select('users.id').where('domain_id', '=', ownerDomainId),
    );
  }
  if (type !== undefined) query = query.where('type', '=', type);
  const rows = await rowsById(query, page);
  return pageOf(rows.map(factsOf), page.limit);
}

/** With its secret. */
export async function findSecret(
  db: Queries,
  seals: Seals,
  id: string,
): Promise<Credential | undefined> {
  const row = await db
    .selectFrom('credentials')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return undefined;
  return { ...factsOf(row), blob: seals.open(row.sealed_blob, rowContext('credentials', row.id)) };
}

/** With their secrets. */
export async function listCredentialsOfType(
  db: Queries,
  seals: Seals,
  userId: string,
  type: string,
): Promise<Credential[]> {
  const rows = await db
    .selectFrom('credentials')
    .selectAll()
    .where('user_id', '=', userId)
    .where('type', '=', type)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    ...factsOf(row),
    blob: seals.open(row.sealed_blob, rowContext('credentials', row.id)),
  }));
}

/** @returns false when a code of that step, or of a later one, was used already. */
export async function claimStep(db: Queries, id: string, step: number): Promise<boolean> {
  const result = await db
    .updateTable('credentials')
    .set({ used_step: step })
    .where('id', '=', id)
    .where((where) => where.or([where('used_step', 'is', null), where('used_step', '<', step)]))
    .executeTakeFirst();
  return Number(result.numUpdatedRows) > 0;
}
