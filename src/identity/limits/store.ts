import type { Queries } from '#db/database.ts';
import type { Limit, RegisteredLimit, ShownLimit } from './limit.ts';

export async function listRegisteredRows(db: Queries): Promise<RegisteredLimit[]> {
  const query = db.selectFrom('registered_limits').selectAll();
  const rows = await query.orderBy('resource_name').orderBy('id').execute();
  return rows.map((row) => ({
    id: row.id,
    serviceId: row.service_id,
    regionId: row.region_id,
    resourceName: row.resource_name,
    defaultLimit: row.default_limit,
    description: row.description,
  }));
}

function registeredRow(limit: RegisteredLimit) {
  return {
    id: limit.id,
    service_id: limit.serviceId,
    region_id: limit.regionId,
    resource_name: limit.resourceName,
    default_limit: limit.defaultLimit,
    description: limit.description,
  };
}

export async function insertRegistered(db: Queries, limit: RegisteredLimit): Promise<void> {
  await db.insertInto('registered_limits').values(registeredRow(limit)).execute();
}

export async function replaceRegistered(db: Queries, limit: RegisteredLimit): Promise<void> {
  const change = db.updateTable('registered_limits').set(registeredRow(limit));
  await change.where('id', '=', limit.id).execute();
}

export async function deleteRegisteredRow(db: Queries, id: string): Promise<void> {
  await db.deleteFrom('registered_limits').where('id', '=', id).execute();
}

export async function hasLimits(db: Queries, registeredLimitId: string): Promise<boolean> {
  const query = db.selectFrom('limits').select('id');
  const found = query.where('registered_limit_id', '=', registeredLimitId).limit(1);
  return (await found.executeTakeFirst()) !== undefined;
}

export async function listLimitRows(
  db: Queries,
  filters: { ownerId?: string | undefined },
): Promise<ShownLimit[]> {
  let query = db
    .selectFrom('limits')
    .innerJoin('registered_limits as registered', 'registered.id', 'limits.registered_limit_id')
    .innerJoin('projects as owner', 'owner.id', 'limits.owner_id')
    .selectAll('limits')
    .select(['registered.service_id', 'registered.region_id', 'registered.resource_name'])
    .select('owner.is_domain');
  if (filters.ownerId !== undefined) query = query.where('owner_id', '=', filters.ownerId);
  const rows = await query.orderBy('registered.resource_name').orderBy('limits.id').execute();
  return rows.map((row) => ({
    id: row.id,
    registeredLimitId: row.registered_limit_id,
    ownerId: row.owner_id,
    resourceLimit: row.resource_limit,
    description: row.description,
    serviceId: row.service_id,
    regionId: row.region_id,
    resourceName: row.resource_name,
    ownerIsDomain: row.is_domain === 1,
  }));
}

function limitRow(limit: Limit) {
  return {
    id: limit.id,
    registered_limit_id: limit.registeredLimitId,
    owner_id: limit.ownerId,
    resource_limit: limit.resourceLimit,
    description: limit.description,
  };
}

export async function insertLimit(db: Queries, limit: Limit): Promise<void> {
  await db.insertInto('limits').values(limitRow(limit)).execute();
}

export async function replaceLimit(db: Queries, limit: Limit): Promise<void> {
  await db.updateTable('limits').set(limitRow(limit)).where('id', '=', limit.id).execute();
}

export async function deleteLimitRow(db: Queries, id: string): Promise<void> {
  await db.deleteFrom('limits').where('id', '=', id).execute();
}

export async function deleteLimitsOfService(db: Queries, serviceId: string): Promise<void> {
  const registered = db.selectFrom('registered_limits').where('service_id', '=', serviceId);
  await db
    .deleteFrom('limits')
    .where('registered_limit_id', 'in', registered.select('id'))
    .execute();
  await db.deleteFrom('registered_limits').where('service_id', '=', serviceId).execute();
}
