import type { Selectable } from 'kysely';
import type { Queries } from '#db/database.ts';
import type { FlavorsTable } from '#db/schema/compute-catalog.ts';
import type { Actor } from '#policy/actor.ts';
import { type Flavor, type GuardedFlavor, mayUseFlavor } from './flavor.ts';

export type { Flavor };

type FlavorRow = Selectable<FlavorsTable>;

export function toFlavor(row: FlavorRow): Flavor {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    vcpus: row.vcpus,
    memoryMib: row.memory_mib,
    diskGib: row.disk_gib,
    ephemeralGib: row.ephemeral_gib,
    swapMib: row.swap_mib,
    rxtxFactor: row.rxtx_factor,
    isPublic: row.is_public === 1,
    isDisabled: row.disabled === 1,
    extraSpecs: JSON.parse(row.extra_specs),
    createdMs: row.created_ms,
    updatedMs: row.updated_ms,
  };
}

function toRow(flavor: Flavor): FlavorRow {
  return {
    id: flavor.id,
    name: flavor.name,
    description: flavor.description,
    vcpus: flavor.vcpus,
    memory_mib: flavor.memoryMib,
    disk_gib: flavor.diskGib,
    ephemeral_gib: flavor.ephemeralGib,
    swap_mib: flavor.swapMib,
    rxtx_factor: flavor.rxtxFactor,
    is_public: flavor.isPublic ? 1 : 0,
    disabled: flavor.isDisabled ? 1 : 0,
    extra_specs: JSON.stringify(flavor.extraSpecs),
    created_ms: flavor.createdMs,
    updated_ms: flavor.updatedMs,
  };
}

/** A flavor whoever may use it. */
export async function readFlavor(db: Queries, id: string): Promise<GuardedFlavor | undefined> {
  const row = await db.selectFrom('flavors').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return undefined;
  const flavor = toFlavor(row);
  return { ...flavor, accessProjectIds: flavor.isPublic ? [] : await listAccess(db, id) };
}

/** A flavor that this actor may use; disabled ones are found too, for those who hold them. */
export async function findFlavor(
  db: Queries,
  id: string,
  actor: Actor,
): Promise<Flavor | undefined> {
  const flavor = await readFlavor(db, id);
  if (!flavor || !mayUseFlavor(actor, flavor)) return undefined;
  const { accessProjectIds: _, ...plain } = flavor;
  return plain;
}

export async function isFlavorNameTaken(db: Queries, name: string): Promise<boolean> {
  const row = await db
    .selectFrom('flavors')
    .select('id')
    .where('name', '=', name)
    .executeTakeFirst();
  return row !== undefined;
}

export async function hasFlavors(db: Queries): Promise<boolean> {
  return (await db.selectFrom('flavors').select('id').limit(1).executeTakeFirst()) !== undefined;
}

export async function insertFlavor(db: Queries, flavor: Flavor): Promise<void> {
  await db.insertInto('flavors').values(toRow(flavor)).execute();
}

/** @returns false when there is no such flavor (any more). */
export async function updateFlavor(
  db: Queries,
  id: string,
  change: { description?: string | null; extraSpecs?: Record<string, string> },
  nowMs: number,
): Promise<boolean> {
  const { description, extraSpecs } = change;
  const result = await db
    .updateTable('flavors')
    .set({
      ...(description !== undefined && { description }),
      ...(extraSpecs !== undefined && { extra_specs: JSON.stringify(extraSpecs) }),
      updated_ms: nowMs,
    })
    .where('id', '=', id)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) > 0;
}

/** With its access list. @returns false when there is no such flavor (any more). */
export async function deleteFlavorRow(db: Queries, id: string): Promise<boolean> {
  await db.deleteFrom('flavor_access').where('flavor_id', '=', id).execute();
  const result = await db.deleteFrom('flavors').where('id', '=', id).executeTakeFirst();
  return Number(result.numDeletedRows) > 0;
}

/** Ids of the projects that may use a flavor which is not public. */
export async function listAccess(db: Queries, flavorId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('flavor_access')
    .select('project_id')
    .where('flavor_id', '=', flavorId)
    .orderBy('project_id')
    .execute();
  return rows.map((row) => row.project_id);
}

export async function insertAccess(
  db: Queries,
  flavorId: string,
  projectId: string,
): Promise<void> {
  await db
    .insertInto('flavor_access')
    .values({ flavor_id: flavorId, project_id: projectId })
    .execute();
}

/** @returns false when the project had no access. */
export async function deleteAccess(
  db: Queries,
  flavorId: string,
  projectId: string,
): Promise<boolean> {
  const result = await db
    .deleteFrom('flavor_access')
    .where('flavor_id', '=', flavorId)
    .where('project_id', '=', projectId)
    .executeTakeFirst();
  return Number(result.numDeletedRows) > 0;
}
