import type { Queries } from '#db/database.ts';
import { identityErrors } from '../errors.ts';
import { type Domain, isDomain } from '../projects/project.ts';
import { findProject } from '../projects/store.ts';

/** Throws DomainNotFound. */
export async function requireDomain(db: Queries, id: string): Promise<Domain> {
  const found = await findProject(db, id);
  if (!found || !isDomain(found)) throw identityErrors.domainNotFound({ id });
  return found;
}
