import type { Selectable } from 'kysely';
import type { Queries } from '#db/database.ts';
import type { Schema } from '#db/schema.ts';
import type { AccessRule } from '#policy/access-rules.ts';
import type { OwnedAccessRule } from '../application-credentials/credential.ts';

type Row = Selectable<Schema['access_rules']>;

function fromRow(row: Row): OwnedAccessRule {
  const { id, user_id: userId, service, method, path } = row;
  return { id, userId, service, method, path };
}

export async function insertRule(db: Queries, rule: OwnedAccessRule): Promise<void> {
  const { id, userId, service, method, path } = rule;
  await db
    .insertInto('access_rules')
    .values({ id, user_id: userId, service, method, path })
    .execute();
}

export async function findRule(db: Queries, id: string): Promise<OwnedAccessRule | undefined> {
  const row = await db
    .selectFrom('access_rules')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row && fromRow(row);
}

/** The user's rule that says the same. */
export async function findSameRule(
  db: Queries,
  userId: string,
  rule: AccessRule,
): Promise<OwnedAccessRule | undefined> {
  const row = await db
    .selectFrom('access_rules')
    .selectAll()
    .where('user_id', '=', userId)
    .where('service', '=', rule.service)
    .where('path', '=', rule.path)
    .where('method', '=', rule.method)
    .executeTakeFirst();
  return row && fromRow(row);
}

export async function listRulesOfUser(db: Queries, userId: string): Promise<OwnedAccessRule[]> {
  const rows = await db
    .selectFrom('access_rules')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('service')
    .orderBy('path')
    .orderBy('method')
    .execute();
  return rows.map(fromRow);
}

export async function listRulesOfCredential(
  db: Queries,
  credentialId: string,
): Promise<OwnedAccessRule[]> {
  const rows = await db
    .selectFrom('access_rules')
    .innerJoin('application_credential_rules', 'rule_id', 'id')
    .selectAll('access_rules')
    .where('credential_id', '=', credentialId)
    .orderBy('service')
    .orderBy('path')
    .orderBy('method')
    .execute();
  return rows.map(fromRow);
}

export async function isRuleInUse(db: Queries, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('application_credential_rules')
    .select('rule_id')
    .where('rule_id', '=', id)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function deleteRuleRow(db: Queries, id: string): Promise<void> {
  await db.deleteFrom('access_rules').where('id', '=', id).execute();
}
