import type { QuotaLimits } from '#compute/service.ts';
import type { Queries } from '#db/database.ts';
import { defaultQuotaOf, limitsOf, type Quota, type QuotaResource } from './quota.ts';

/** Whose quota it is: a project's, or what one user may take of it. */
export interface QuotaSubject {
  projectId: string;
  userId?: string | undefined;
}

type Limits = Partial<Record<QuotaResource, number>>;

interface LimitRow {
  resource: string;
  hard_limit: number;
}

function toLimits(rows: readonly LimitRow[]): Limits {
  return Object.fromEntries(rows.map((row) => [row.resource, row.hard_limit]));
}

/** The class whose limits every project has by default. */
export const defaultClass = 'default';

/** The configured limits with what an administrator set for this class. */
export async function quotaOfClass(
  db: Queries,
  name: string,
  defaults: QuotaLimits,
): Promise<Quota> {
  const rows = await db
    .selectFrom('quota_classes')
    .select(['resource', 'hard_limit'])
    .where('class_name', '=', name)
    .execute();
  return { ...defaultQuotaOf(defaults), ...toLimits(rows) };
}

/** The default class with what an administrator set for this project. */
export async function quotaOfProject(
  db: Queries,
  projectId: string,
  defaults: QuotaLimits,
): Promise<Quota> {
  const rows = await db
    .selectFrom('project_quotas')
    .select(['resource', 'hard_limit'])
    .where('project_id', '=', projectId)
    .execute();
  return { ...(await quotaOfClass(db, defaultClass, defaults)), ...toLimits(rows) };
}

/** Only what was set for this user in this project. */
export async function limitsOfUser(
  db: Queries,
  projectId: string,
  userId: string,
): Promise<Limits> {
  const rows = await db
    .selectFrom('user_quotas')
    .select(['resource', 'hard_limit'])
    .where('project_id', '=', projectId)
    .where('user_id', '=', userId)
    .execute();
  return toLimits(rows);
}

/** What the project may have, or the user of it. */
export async function quotaOf(
  db: Queries,
  { projectId, userId }: QuotaSubject,
  defaults: QuotaLimits,
): Promise<Quota> {
  const quota = await quotaOfProject(db, projectId, defaults);
  if (userId === undefined) return quota;
  return { ...quota, ...(await limitsOfUser(db, projectId, userId)) };
}

/** A project's in the terms of those who enforce it; read it in the transaction that claims. */
export async function limitsOfProject(
  db: Queries,
  projectId: string,
  defaults: QuotaLimits,
): Promise<QuotaLimits> {
  return limitsOf(await quotaOfProject(db, projectId, defaults));
}

export async function upsertClassLimit(
  db: Queries,
  className: string,
  resource: QuotaResource,
  hardLimit: number,
): Promise<void> {
  await db
    .insertInto('quota_classes')
    .values({ class_name: className, resource, hard_limit: hardLimit })
    .onConflict((conflict) =>
      conflict.columns(['class_name', 'resource']).doUpdateSet({ hard_limit: hardLimit }),
    )
    .execute();
}

export async function upsertQuota(
  db: Queries,
  { projectId, userId }: QuotaSubject,
  resource: QuotaResource,
  hardLimit: number,
): Promise<void> {
  const row = { project_id: projectId, resource, hard_limit: hardLimit };
  if (userId === undefined) {
    await db
      .insertInto('project_quotas')
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(['project_id', 'resource']).doUpdateSet({ hard_limit: hardLimit }),
      )
      .execute();
    return;
  }
  await db
    .insertInto('user_quotas')
    .values({ ...row, user_id: userId })
    .onConflict((conflict) =>
      conflict
        .columns(['project_id', 'user_id', 'resource'])
        .doUpdateSet({ hard_limit: hardLimit }),
    )
    .execute();
}

/** A project's with those of all its users, or one user's alone. */
export async function deleteQuotas(
  db: Queries,
  { projectId, userId }: QuotaSubject,
): Promise<void> {
  const ofUsers = db.deleteFrom('user_quotas').where('project_id', '=', projectId);
  if (userId !== undefined) {
    await ofUsers.where('user_id', '=', userId).execute();
    return;
  }
  await ofUsers.execute();
  await db.deleteFrom('project_quotas').where('project_id', '=', projectId).execute();
}
