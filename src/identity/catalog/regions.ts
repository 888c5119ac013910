import type { Allowed } from '#policy/engine.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { deleteAssociationsOf } from '../endpoint-policy/store.ts';
import { identityErrors } from '../errors.ts';
import { type JsonObject, mergeMembers } from '../extras.ts';
import type { Catalog, Region } from './parts.ts';
import { deleteRegionRows, insertRegion, replaceRegion } from './store.ts';
import { wholeCatalog } from './whole.ts';

/** Throws Conflict for an id that is taken, RegionNotFound for the parent. */
export function createRegion(
  context: IdentityContext,
  wanted: Omit<Region, 'isBuiltIn'>,
): Promise<Region> {
  return changeIdentity(context, async (tx) => {
    const { regions } = await wholeCatalog(context, tx);
    const region = { ...wanted, isBuiltIn: false };
    if (regions.some(({ id }) => id === region.id)) {
      throw identityErrors.idTaken({ noun: 'region', id: region.id });
    }
    checkParent(regions, region);
    await insertRegion(tx, region);
    return region;
  });
}

export interface RegionChange {
  parentId?: string | null | undefined;
  description?: string | undefined;
  extra: JsonObject;
}

/** Throws CatalogBuiltIn, CircularRegionHierarchy, RegionNotFound for the parent. */
export function updateRegion(
  context: IdentityContext,
  target: Allowed<Region>,
  change: RegionChange,
): Promise<Region> {
  return changeIdentity(context, async (tx) => {
    const { regions } = await wholeCatalog(context, tx);
    const before = regions.find(({ id }) => id === target.id);
    if (!before) throw identityErrors.regionNotFound({ id: target.id });
    refuseBuiltIn(before);
    const region: Region = {
      ...before,
      parentId: change.parentId === undefined ? before.parentId : change.parentId,
      description: change.description ?? before.description,
      extra: mergeMembers(before.extra, change.extra),
    };
    checkParent(regions, region);
    await replaceRegion(tx, region);
    return region;
  });
}

/** The regions below go too. Throws RegionInUse while addresses stand in one of them. */
export function deleteRegion(context: IdentityContext, target: Allowed<Region>): Promise<void> {
  return changeIdentity(context, async (tx) => {
    const catalog = await wholeCatalog(context, tx);
    refuseBuiltIn(target);
    const ids = withBelow(catalog, target.id);
    const isUsed = catalog.endpoints.some(({ regionId }) => regionId && ids.includes(regionId));
    if (isUsed) throw identityErrors.regionInUse({ id: target.id });
    await deleteAssociationsOf(tx, 'region_id', ids);
    await deleteRegionRows(tx, ids);
  });
}

function withBelow({ regions }: Catalog, topId: string): string[] {
  const found = new Set([topId]);
  // A set may grow while it is walked; every region is visited once.
  for (const id of found) {
    for (const region of regions) if (region.parentId === id) found.add(region.id);
  }
  return [...found];
}

function checkParent(regions: readonly Region[], region: Region): void {
  let { parentId } = region;
  // Regions form trees, so the way up ends; one that leads back here would not.
  while (parentId !== null) {
    if (parentId === region.id) throw identityErrors.regionCircle({ id: region.id });
    const parent = regions.find(({ id }) => id === parentId);
    if (!parent) throw identityErrors.regionNotFound({ id: parentId });
    parentId = parent.parentId;
  }
}

function refuseBuiltIn(region: Region): void {
  if (region.isBuiltIn) throw identityErrors.catalogBuiltIn({ noun: 'region', id: region.id });
}
