import type { Queries } from '#db/database.ts';
import type { PolicyBlob } from './blob.ts';

export async function listPolicyRows(db: Queries): Promise<PolicyBlob[]> {
  const rows = await db.selectFrom('policy_blobs').selectAll().orderBy('id').execute();
  return rows.map((row) => ({
    id: row.id,
    type: row.type,
    blob: JSON.parse(row.blob),
    extra: JSON.parse(row.extra),
  }));
}

function toRow(policy: PolicyBlob) {
  return {
    id: policy.id,
    type: policy.type,
    blob: JSON.stringify(policy.blob),
    extra: JSON.stringify(policy.extra),
  };
}

export async function insertPolicy(db: Queries, policy: PolicyBlob): Promise<void> {
  await db.insertInto('policy_blobs').values(toRow(policy)).execute();
}

export async function replacePolicy(db: Queries, policy: PolicyBlob): Promise<void> {
  await db.updateTable('policy_blobs').set(toRow(policy)).where('id', '=', policy.id).execute();
}

export async function deletePolicyRow(db: Queries, id: string): Promise<void> {
  await db.deleteFrom('policy_blobs').where('id', '=', id).execute();
}
