import type { Selectable } from 'kysely';
import type { Queries } from '#db/database.ts';
import type { Schema } from '#db/schema.ts';
import { type Page, type PageRequest, pageOf } from '../listing/page.ts';
import { rowsById } from '../listing/store.ts';
import { listRolesById } from '../roles/store.ts';
import type { Trust } from './trust.ts';

type Row = Selectable<Schema['trusts']>;

async function fromRow(db: Queries, row: Row): Promise<Trust> {
  const roles = await db
    .selectFrom('trust_roles')
    .select('role_id')
    .where('trust_id', '=', row.id)
    .execute();
  return {
    id: row.id,
    trustorUserId: row.trustor_user_id,
    trusteeUserId: row.trustee_user_id,
    projectId: row.project_id,
    isImpersonating: row.impersonation === 1,
    expiresMs: row.expires_ms,
    remainingUses: row.remaining_uses,
    redelegationCount: row.redelegation_count,
    redelegatedTrustId: row.redelegated_trust_id,
    roles: await listRolesById(
      db,
      roles.map((role) => role.role_id),
    ),
  };
}

export async function insertTrust(db: Queries, trust: Trust): Promise<void> {
  await db
    .insertInto('trusts')
    .values({
      id: trust.id,
      trustor_user_id: trust.trustorUserId,
      trustee_user_id: trust.trusteeUserId,
      project_id: trust.projectId,
      impersonation: trust.isImpersonating ? 1 : 0,
      expires_ms: trust.expiresMs,
      remaining_uses: trust.remainingUses,
      redelegation_count: trust.redelegationCount,
      redelegated_trust_id: trust.redelegatedTrustId,
    })
    .execute();
  for (const role of trust.roles) {
    await db.insertInto('trust_roles').values({ trust_id: trust.id, role_id: role.id }).execute();
  }
}

export async function findTrust(db: Queries, id: string): Promise<Trust | undefined> {
  const row = await db.selectFrom('trusts').selectAll().where('id', '=', id).executeTakeFirst();
  return row && fromRow(db, row);
}

/** The trust at the beginning of the chain: its trustor is who has the roles. */
export async function findFirstTrust(db: Queries, trust: Trust): Promise<Trust | undefined> {
  let first: Trust | undefined = trust;
  while (first && first.redelegatedTrustId !== null) {
    first = await findTrust(db, first.redelegatedTrustId);
  }
  return first;
}

/** One use less, counted by the database: none counts twice. @returns false when none is left. */
export async function useTrust(db: Queries, id: string): Promise<boolean> {
  const result = await db
    .updateTable('trusts')
    .set((set) => ({ remaining_uses: set('remaining_uses', '-', 1) }))
    .where('id', '=', id)
    .where((where) =>
      where.or([where('remaining_uses', 'is', null), where('remaining_uses', '>', 0)]),
    )
    .executeTakeFirst();
  return Number(result.numUpdatedRows) > 0;
}

/** Takes its tokens and those that follow in the chain along. */
export async function deleteTrustRow(db: Queries, id: string): Promise<void> {
  await db.deleteFrom('trusts').where('id', '=', id).execute();
}

/** A trust without one of its roles would give less than was agreed: it goes. */
export async function deleteTrustsWithRole(db: Queries, roleId: string): Promise<void> {
  await db
    .deleteFrom('trusts')
    .where('id', 'in', (inner) =>
      inner.selectFrom('trust_roles').select('trust_id').where('role_id', '=', roleId),
    )
    .execute();
}

export async function countTrustsOf(db: Queries, trustorUserId: string): Promise<number> {
  const row = await db
    .selectFrom('trusts')
    .select((select) => select.fn.countAll().as('count'))
    .where('trustor_user_id', '=', trustorUserId)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

export interface TrustFilters {
  trustorUserId?: string | undefined;
  trusteeUserId?: string | undefined;
  /** Only trusts of this domain's users. */
  trustorDomainId?: string | null | undefined;
}

/** By id. */
export async function listTrustRows(
  db: Queries,
  filters: TrustFilters,
  page: PageRequest,
): Promise<Page<Trust>> {
  let query = db.selectFrom('trusts').selectAll();
  const { trustorUserId, trusteeUserId, trustorDomainId = null } = filters;
  if (trustorUserId !== undefined) query = query.where('trustor_user_id', '=', trustorUserId);
  if (trusteeUserId !== undefined) query = query.where('trustee_user_id', '=', trusteeUserId);
  if (trustorDomainId !== null) {
    query = query.where('trustor_user_id', 'in', (inner) =>
      inner.selectFrom('users').select('users.id').where('domain_id', '=', trustorDomainId),
    );
  }
  const rows = await rowsById(query, page);
  const trusts: Trust[] = [];
  for (const row of rows) trusts.push(await fromRow(db, row));
  return pageOf(trusts, page.limit);
}
