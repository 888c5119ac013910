import type { CatalogContext } from '#compute/catalog-context.ts';
import type { Allowed } from '#policy/engine.ts';
import { flavorErrors } from './errors.ts';
import type { GuardedFlavor } from './flavor.ts';
import { deleteFlavorRow } from './store.ts';

/** Servers that were made from it keep their copy. */
export async function deleteFlavor(
  context: CatalogContext,
  flavor: Allowed<GuardedFlavor>,
): Promise<void> {
  const { id } = flavor;
  const found = await context.database.transaction((tx) => deleteFlavorRow(tx, id));
  if (!found) throw flavorErrors.notFound({ id });
}
