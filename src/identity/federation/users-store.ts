import type { Queries } from '#db/database.ts';

/** How a user is known at a provider. */
export interface FederatedName {
  idpId: string;
  protocolId: string;
  uniqueId: string;
}

export async function findFederatedUserId(
  db: Queries,
  name: FederatedName,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('federated_users')
    .select('user_id')
    .where('idp_id', '=', name.idpId)
    .where('protocol_id', '=', name.protocolId)
    .where('unique_id', '=', name.uniqueId)
    .executeTakeFirst();
  return row?.user_id;
}

export async function insertFederatedUser(
  db: Queries,
  name: FederatedName,
  userId: string,
): Promise<void> {
  await db
    .insertInto('federated_users')
    .values({
      idp_id: name.idpId,
      protocol_id: name.protocolId,
      unique_id: name.uniqueId,
      user_id: userId,
    })
    .execute();
}

/** The protocols of providers by which this user is known. */
export async function listFederatedDoors(
  db: Queries,
  userId: string,
): Promise<{ idpId: string; protocolId: string }[]> {
  const query = db.selectFrom('federated_users').select(['idp_id', 'protocol_id']);
  const rows = await query.where('user_id', '=', userId).execute();
  return rows.map((row) => ({ idpId: row.idp_id, protocolId: row.protocol_id }));
}

/** By id, in order. */
export async function listFederatedGroupIds(db: Queries, userId: string): Promise<string[]> {
  const query = db.selectFrom('federated_members').select('group_id');
  const rows = await query.where('user_id', '=', userId).orderBy('group_id').execute();
  return rows.map((row) => row.group_id);
}

export async function replaceFederatedGroups(
  db: Queries,
  userId: string,
  groupIds: readonly string[],
  untilMs: number,
): Promise<void> {
  await db.deleteFrom('federated_members').where('user_id', '=', userId).execute();
  for (const groupId of groupIds) {
    await db
      .insertInto('federated_members')
      .values({ user_id: userId, group_id: groupId, until_ms: untilMs })
      .execute();
  }
}

export async function hasLapsedMembers(db: Queries, nowMs: number): Promise<boolean> {
  const query = db.selectFrom('federated_members').select('user_id');
  const row = await query.where('until_ms', '<=', nowMs).limit(1).executeTakeFirst();
  return row !== undefined;
}

export async function deleteLapsedMembers(db: Queries, nowMs: number): Promise<void> {
  await db.deleteFrom('federated_members').where('until_ms', '<=', nowMs).execute();
}

/** Ends what users have by a provider, or by one protocol of it: tokens and memberships. */
export async function endFederatedRights(
  db: Queries,
  idpId: string,
  protocolId?: string,
): Promise<void> {
  let users = db.selectFrom('federated_users').select('user_id').where('idp_id', '=', idpId);
  if (protocolId !== undefined) users = users.where('protocol_id', '=', protocolId);
  await db.deleteFrom('tokens').where('user_id', 'in', users).execute();
  await db.deleteFrom('federated_members').where('user_id', 'in', users).execute();
}
