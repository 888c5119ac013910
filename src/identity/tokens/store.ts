import type { Queries } from '#db/database.ts';
import type { StoredToken } from './token.ts';

export async function insertToken(db: Queries, token: StoredToken): Promise<void> {
  await db
    .insertInto('tokens')
    .values({
      hash: token.hash,
      user_id: token.userId,
      project_id: token.projectId,
      domain_id: token.domainId,
      is_system: token.isSystem ? 1 : 0,
      methods: JSON.stringify(token.methods),
      audit_ids: JSON.stringify(token.auditIds),
      issued_ms: token.issuedMs,
      expires_ms: token.expiresMs,
      application_credential_id: token.applicationCredentialId,
      trust_id: token.trustId,
      ec2_credential_id: token.ec2CredentialId,
    })
    .execute();
}

export async function findStoredToken(db: Queries, hash: string): Promise<StoredToken | undefined> {
  const row = await db.selectFrom('tokens').selectAll().where('hash', '=', hash).executeTakeFirst();
  if (!row) return undefined;
  return {
    hash: row.hash,
    userId: row.user_id,
    projectId: row.project_id,
    domainId: row.domain_id,
    isSystem: row.is_system === 1,
    methods: JSON.parse(row.methods),
    auditIds: JSON.parse(row.audit_ids),
    issuedMs: row.issued_ms,
    expiresMs: row.expires_ms,
    applicationCredentialId: row.application_credential_id,
    trustId: row.trust_id,
    ec2CredentialId: row.ec2_credential_id,
  };
}

/** The token of a user whose own audit id, not its parent's, is this one. */
export async function findTokenHash(
  db: Queries,
  userId: string,
  auditId: string,
): Promise<string | undefined> {
  const rows = await db
    .selectFrom('tokens')
    .select(['hash', 'audit_ids'])
    .where('user_id', '=', userId)
    .where('audit_ids', 'like', `["${auditId}"%`)
    .execute();
  // An underscore in the id stands for any character in a pattern.
  return rows.find((row) => JSON.parse(row.audit_ids)[0] === auditId)?.hash;
}

export async function deleteToken(db: Queries, hash: string): Promise<void> {
  await db.deleteFrom('tokens').where('hash', '=', hash).execute();
}

/** Also those by which the user speaks as somebody else. */
export async function deleteTokensOfUser(db: Queries, userId: string): Promise<void> {
  await db
    .deleteFrom('tokens')
    .where((where) =>
      where.or([
        where('user_id', '=', userId),
        where(
          'trust_id',
          'in',
          db.selectFrom('trusts').select('id').where('trustee_user_id', '=', userId),
        ),
      ]),
    )
    .execute();
}

export async function deleteTokensOfProject(db: Queries, projectId: string): Promise<void> {
  await db.deleteFrom('tokens').where('project_id', '=', projectId).execute();
}

/** Those of its users, those for its projects and those for itself. */
export async function deleteTokensOfDomain(db: Queries, domainId: string): Promise<void> {
  await db
    .deleteFrom('tokens')
    .where((where) =>
      where.or([
        where('domain_id', '=', domainId),
        where(
          'user_id',
          'in',
          db.selectFrom('users').select('id').where('domain_id', '=', domainId),
        ),
        where(
          'project_id',
          'in',
          db.selectFrom('projects').select('id').where('domain_id', '=', domainId),
        ),
      ]),
    )
    .execute();
}

/** @returns how many there were. */
export async function deleteExpiredTokens(db: Queries, nowMs: number): Promise<number> {
  const result = await db.deleteFrom('tokens').where('expires_ms', '<=', nowMs).executeTakeFirst();
  return Number(result.numDeletedRows);
}
