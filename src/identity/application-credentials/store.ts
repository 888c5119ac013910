import type { Selectable } from 'kysely';
import type { Queries } from '#db/database.ts';
import type { Schema } from '#db/schema.ts';
import { listRulesOfCredential } from '../access-rules/store.ts';
import { listRolesById } from '../roles/store.ts';
import type { ApplicationCredential } from './credential.ts';

type Row = Selectable<Schema['application_credentials']>;

async function fromRow(db: Queries, row: Row): Promise<ApplicationCredential> {
  const roles = await db
    .selectFrom('application_credential_roles')
    .select('role_id')
    .where('credential_id', '=', row.id)
    .execute();
  return {
    id: row.id,
    userId: row.user_id,
    projectId: row.project_id,
    name: row.name,
    description: row.description,
    secretHash: row.secret_hash,
    isUnrestricted: row.unrestricted === 1,
    expiresMs: row.expires_ms,
    roles: await listRolesById(
      db,
      roles.map((role) => role.role_id),
    ),
    accessRules: row.has_access_rules === 1 ? await listRulesOfCredential(db, row.id) : null,
  };
}

/** The access rules that it names are there already. */
export async function insertCredential(
  db: Queries,
  credential: ApplicationCredential,
): Promise<void> {
  const { id, roles, accessRules } = credential;
  await db
    .insertInto('application_credentials')
    .values({
      id,
      user_id: credential.userId,
      project_id: credential.projectId,
      name: credential.name,
      description: credential.description,
      secret_hash: credential.secretHash,
      unrestricted: credential.isUnrestricted ? 1 : 0,
      has_access_rules: accessRules === null ? 0 : 1,
      expires_ms: credential.expiresMs,
    })
    .execute();
  for (const role of roles) {
    const row = { credential_id: id, role_id: role.id };
    await db.insertInto('application_credential_roles').values(row).execute();
  }
  for (const rule of accessRules ?? []) {
    const row = { credential_id: id, rule_id: rule.id };
    await db.insertInto('application_credential_rules').values(row).execute();
  }
}

export async function findCredential(
  db: Queries,
  id: string,
): Promise<ApplicationCredential | undefined> {
  const row = await db
    .selectFrom('application_credentials')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row && fromRow(db, row);
}

/** By name. */
export async function listCredentialsOfUser(
  db: Queries,
  userId: string,
  name?: string,
): Promise<ApplicationCredential[]> {
  let query = db.selectFrom('application_credentials').selectAll().where('user_id', '=', userId);
  if (name !== undefined) query = query.where('name', '=', name);
  const rows = await query.orderBy('name').execute();
  const found: ApplicationCredential[] = [];
  for (const row of rows) found.push(await fromRow(db, row));
  return found;
}

/** Takes its tokens along. */
export async function deleteCredential(db: Queries, id: string): Promise<void> {
  await db.deleteFrom('application_credentials').where('id', '=', id).execute();
}

export interface CredentialFilters {
  /** Absent: of any user. */
  userIds?: readonly string[] | undefined;
  /** Those with any of these roles; absent: with any at all. */
  roleIds?: readonly string[] | undefined;
}

export async function listCredentialIds(
  db: Queries,
  filters: CredentialFilters,
): Promise<string[]> {
  let query = db.selectFrom('application_credentials').select('id');
  const { userIds, roleIds } = filters;
  // The empty id, which nobody has, keeps `in` legal for an empty list.
  if (userIds) query = query.where('user_id', 'in', [...userIds, '']);
  if (roleIds) {
    query = query.where('id', 'in', (inner) =>
      inner
        .selectFrom('application_credential_roles')
        .select('credential_id')
        .where('role_id', 'in', [...roleIds, '']),
    );
  }
  const rows = await query.orderBy('id').execute();
  return rows.map((row) => row.id);
}
