import type { Queries } from '#db/database.ts';
import { identityErrors } from '../errors.ts';
import { findProject } from '../projects/store.ts';

/** One that does not exist is kept, as Keystone does: logins then get no scope by themselves. */
export async function requireDefaultIsProject(db: Queries, id: string | null): Promise<void> {
  const found = id === null ? undefined : await findProject(db, id);
  if (found?.isDomain) throw identityErrors.defaultProjectIsDomain({ id: found.id });
}
