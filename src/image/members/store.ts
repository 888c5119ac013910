import type { Selectable } from 'kysely';
import type { Queries } from '#db/database.ts';
import type { Schema } from '#db/schema.ts';
import type { ImageMember, MemberStatus } from './member.ts';

function toMember(row: Selectable<Schema['image_members']>): ImageMember {
  return {
    imageId: row.image_id,
    memberId: row.member_id,
    status: row.status as MemberStatus,
    createdMs: row.created_ms,
    updatedMs: row.updated_ms,
  };
}

export async function listMembers(db: Queries, imageId: string): Promise<ImageMember[]> {
  const rows = await db
    .selectFrom('image_members')
    .selectAll()
    .where('image_id', '=', imageId)
    .orderBy('created_ms')
    .orderBy('member_id')
    .execute();
  return rows.map(toMember);
}

export async function insertMember(db: Queries, member: ImageMember): Promise<void> {
  await db
    .insertInto('image_members')
    .values({
      image_id: member.imageId,
      member_id: member.memberId,
      status: member.status,
      created_ms: member.createdMs,
      updated_ms: member.updatedMs,
    })
    .execute();
}

/** @returns undefined when there is no such member. */
export async function updateMember(
  db: Queries,
  imageId: string,
  memberId: string,
  change: { status: MemberStatus; updated_ms: number },
): Promise<ImageMember | undefined> {
  const row = await db
    .updateTable('image_members')
    .set(change)
    .where('image_id', '=', imageId)
    .where('member_id', '=', memberId)
    .returningAll()
    .executeTakeFirst();
  return row && toMember(row);
}

export async function deleteMember(
  db: Queries,
  imageId: string,
  memberId: string,
): Promise<boolean> {
  const result = await db
    .deleteFrom('image_members')
    .where('image_id', '=', imageId)
    .where('member_id', '=', memberId)
    .executeTakeFirst();
  return Number(result.numDeletedRows) > 0;
}
