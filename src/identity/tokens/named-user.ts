import type { Queries } from '#db/database.ts';
import { identityErrors } from '../errors.ts';
import type { Project } from '../projects/project.ts';
import { findDomainByName, findProject } from '../projects/store.ts';
import { findUser, findUserByName } from '../users/store.ts';
import type { User } from '../users/user.ts';

/** A domain as requests name it. */
export interface NamedDomain {
  id?: string | undefined;
  name?: string | undefined;
}

/** A user as a login names it: by id, or by name in a domain. */
export interface NamedUser {
  id?: string | undefined;
  name?: string | undefined;
  domain?: NamedDomain | undefined;
}

export async function findNamedUser(db: Queries, named: NamedUser): Promise<User | undefined> {
  if (named.id !== undefined) return findUser(db, named.id);
  if (named.name === undefined) {
    throw identityErrors.invalid({ reason: 'Expecting to find id or name in user.' });
  }
  if (named.domain?.id === undefined && named.domain?.name === undefined) {
    throw identityErrors.invalid({ reason: 'Expecting to find domain in user.' });
  }
  const domain = await findNamedDomain(db, named.domain);
  return domain && findUserByName(db, domain.id, named.name);
}

export async function findNamedDomain(
  db: Queries,
  named: NamedDomain,
): Promise<Project | undefined> {
  const { id, name } = named;
  if (id === undefined) return name === undefined ? undefined : findDomainByName(db, name);
  const found = await findProject(db, id);
  return found?.isDomain ? found : undefined;
}
