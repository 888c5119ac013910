import type { CatalogContext } from '#compute/catalog-context.ts';
import type { Allowed } from '#policy/engine.ts';
import { keypairErrors } from './errors.ts';
import type { Keypair } from './keypair.ts';
import { deleteKeypairRow } from './store.ts';

/** Servers that were made with it keep their copy of the public key. */
export async function deleteKeypair(
  context: CatalogContext,
  keypair: Allowed<Keypair>,
): Promise<void> {
  const { userId, name } = keypair;
  const found = await deleteKeypairRow(context.database.queries, userId, name);
  if (!found) throw keypairErrors.notFound({ userId, name });
}
