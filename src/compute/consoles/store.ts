import { createHash } from 'node:crypto';
import type { Queries } from '#db/database.ts';
import type { ConsoleGrant, ConsoleType } from './console.ts';

/** A token is long and random, so that its plain hash says nothing about it. */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

export async function insertGrant(db: Queries, token: string, grant: ConsoleGrant): Promise<void> {
  await db
    .insertInto('console_tokens')
    .values({
      token_hash: hashOf(token),
      server_id: grant.serverId,
      user_id: grant.userId,
      audit_id: grant.auditId,
      type: grant.type,
      expires_ms: grant.expiresMs,
    })
    .execute();
}

/** @returns undefined when the token is unknown or has expired. */
export async function findGrant(
  db: Queries,
  token: string,
  nowMs: number,
): Promise<ConsoleGrant | undefined> {
  const row = await db
    .selectFrom('console_tokens')
    .selectAll()
    .where('token_hash', '=', hashOf(token))
    .where('expires_ms', '>', nowMs)
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    serverId: row.server_id,
    userId: row.user_id,
    auditId: row.audit_id,
    type: row.type as ConsoleType,
    expiresMs: row.expires_ms,
  };
}

/** @returns false when another has taken it. */
export async function deleteGrant(db: Queries, token: string): Promise<boolean> {
  const result = await db
    .deleteFrom('console_tokens')
    .where('token_hash', '=', hashOf(token))
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

export async function deleteExpiredGrants(db: Queries, nowMs: number): Promise<void> {
  await db.deleteFrom('console_tokens').where('expires_ms', '<=', nowMs).execute();
}
