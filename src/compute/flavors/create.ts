import type { CatalogContext } from '#compute/catalog-context.ts';
import { flavorErrors } from './errors.ts';
import type { Flavor } from './flavor.ts';
import { insertFlavor, isFlavorNameTaken, readFlavor } from './store.ts';

export interface NewFlavor {
  /** Absent: a UUID is made. */
  id?: string;
  name: string;
  vcpus: number;
  memoryMib: number;
  diskGib: number;
  ephemeralGib?: number;
  swapMib?: number;
  rxtxFactor?: number;
  isPublic?: boolean;
  description?: string | null;
}

/**
 * Like Nova, does not give the maker's project access to a private flavor.
 * @throws FlavorExists, FlavorIdExists (409)
 */
export async function createFlavor(context: CatalogContext, wanted: NewFlavor): Promise<Flavor> {
  const flavor = newFlavor(context, wanted);
  await context.database.transaction(async (tx) => {
    const { id, name } = flavor;
    if (await readFlavor(tx, id)) throw flavorErrors.idTaken({ id });
    if (await isFlavorNameTaken(tx, name)) throw flavorErrors.nameTaken({ name });
    await insertFlavor(tx, flavor);
  });
  return flavor;
}

export function newFlavor(context: CatalogContext, wanted: NewFlavor): Flavor {
  const nowMs = context.clock.nowMs();
  return {
    id: wanted.id ?? context.ids.uuid(),
    name: wanted.name,
    description: wanted.description ?? null,
    vcpus: wanted.vcpus,
    memoryMib: wanted.memoryMib,
    diskGib: wanted.diskGib,
    ephemeralGib: wanted.ephemeralGib ?? 0,
    swapMib: wanted.swapMib ?? 0,
    rxtxFactor: wanted.rxtxFactor ?? 1,
    isPublic: wanted.isPublic ?? true,
    isDisabled: false,
    extraSpecs: {},
    createdMs: nowMs,
    updatedMs: nowMs,
  };
}
