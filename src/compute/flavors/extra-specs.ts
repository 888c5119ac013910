import { limits } from '#base/limits.ts';
import type { CatalogContext } from '#compute/catalog-context.ts';
import type { Allowed } from '#policy/engine.ts';
import { flavorErrors } from './errors.ts';
import type { GuardedFlavor } from './flavor.ts';
import { readFlavor, updateFlavor } from './store.ts';

type Specs = Record<string, string>;

/** Adds to the extra specs, replacing those of the same key. */
export async function setExtraSpecs(
  context: CatalogContext,
  flavor: Allowed<GuardedFlavor>,
  specs: Specs,
): Promise<void> {
  await changeSpecs(context, flavor.id, (known) => {
    const all = { ...known, ...specs };
    const maxItems = limits.flavorExtraSpecs;
    if (Object.keys(all).length > maxItems) throw flavorErrors.tooManySpecs({ maxItems });
    return all;
  });
}

/** @throws FlavorExtraSpecsNotFound (404) */
export async function removeExtraSpec(
  context: CatalogContext,
  flavor: Allowed<GuardedFlavor>,
  key: string,
): Promise<void> {
  await changeSpecs(context, flavor.id, (known) => {
    if (!Object.hasOwn(known, key)) throw flavorErrors.specNotFound({ id: flavor.id, key });
    const { [key]: _, ...others } = known;
    return others;
  });
}

/** Reads and writes in one transaction, so that no concurrent change is lost. */
async function changeSpecs(
  context: CatalogContext,
  id: string,
  change: (known: Specs) => Specs,
): Promise<void> {
  const nowMs = context.clock.nowMs();
  await context.database.transaction(async (tx) => {
    const flavor = await readFlavor(tx, id);
    if (!flavor) throw flavorErrors.notFound({ id });
    await updateFlavor(tx, id, { extraSpecs: change(flavor.extraSpecs) }, nowMs);
  });
}
