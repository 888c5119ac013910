import type { CatalogContext } from '#compute/catalog-context.ts';
import { type NewFlavor, newFlavor } from './create.ts';
import { hasFlavors, insertFlavor } from './store.ts';

/** The flavors that Nova and DevStack always had, under the ids they had there. */
const seeds: readonly NewFlavor[] = [
  { id: '42', name: 'm1.nano', vcpus: 1, memoryMib: 192, diskGib: 1 },
  { id: '1', name: 'm1.tiny', vcpus: 1, memoryMib: 512, diskGib: 1 },
  { id: '2', name: 'm1.small', vcpus: 1, memoryMib: 2048, diskGib: 20 },
  { id: '3', name: 'm1.medium', vcpus: 2, memoryMib: 4096, diskGib: 40 },
  { id: '4', name: 'm1.large', vcpus: 4, memoryMib: 8192, diskGib: 80 },
  { id: '5', name: 'm1.xlarge', vcpus: 8, memoryMib: 16_384, diskGib: 160 },
];

/** Fills an empty catalogue only: a flavor that was deleted does not come back. */
export async function seedFlavors(context: CatalogContext): Promise<void> {
  await context.database.transaction(async (tx) => {
    if (await hasFlavors(tx)) return;
    for (const seed of seeds) await insertFlavor(tx, newFlavor(context, seed));
  });
}
