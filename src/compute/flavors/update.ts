import type { CatalogContext } from '#compute/catalog-context.ts';
import type { Allowed } from '#policy/engine.ts';
import { flavorErrors } from './errors.ts';
import type { Flavor, GuardedFlavor } from './flavor.ts';
import { updateFlavor } from './store.ts';

/** The description is all of a flavor that may change; its sizes are promises to servers. */
export async function describeFlavor(
  context: CatalogContext,
  flavor: Allowed<GuardedFlavor>,
  description: string | null,
): Promise<Flavor> {
  const updatedMs = context.clock.nowMs();
  const { id } = flavor;
  const found = await updateFlavor(context.database.queries, id, { description }, updatedMs);
  if (!found) throw flavorErrors.notFound({ id });
  return { ...flavor, description, updatedMs };
}
