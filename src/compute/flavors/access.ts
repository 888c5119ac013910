import type { CatalogContext } from '#compute/catalog-context.ts';
import type { Allowed } from '#policy/engine.ts';
import { flavorErrors } from './errors.ts';
import type { GuardedFlavor } from './flavor.ts';
import { deleteAccess, insertAccess, listAccess, readFlavor } from './store.ts';

/** @returns every project that may use the flavor now. @throws FlavorAccessExists (409) */
export async function grantAccess(
  context: CatalogContext,
  flavor: Allowed<GuardedFlavor>,
  projectId: string,
): Promise<string[]> {
  const { id } = flavor;
  return context.database.transaction(async (tx) => {
    if (!(await readFlavor(tx, id))) throw flavorErrors.notFound({ id });
    if ((await listAccess(tx, id)).includes(projectId)) {
      throw flavorErrors.accessExists({ id, projectId });
    }
    await insertAccess(tx, id, projectId);
    return listAccess(tx, id);
  });
}

/** @returns every project that may still use the flavor. @throws FlavorAccessNotFound (404) */
export async function revokeAccess(
  context: CatalogContext,
  flavor: Allowed<GuardedFlavor>,
  projectId: string,
): Promise<string[]> {
  const { id } = flavor;
  return context.database.transaction(async (tx) => {
    if (!(await deleteAccess(tx, id, projectId))) {
      throw flavorErrors.accessNotFound({ id, projectId });
    }
    return listAccess(tx, id);
  });
}
