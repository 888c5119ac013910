import { changeIdentity, type IdentityContext } from '../context.ts';
import { requireDomain } from '../domains/require.ts';
import { identityErrors } from '../errors.ts';
import type { JsonObject } from '../extras.ts';
import { findUserByName, insertUser } from './store.ts';
import type { User } from './user.ts';

export interface NewUser {
  name: string;
  domainId: string;
  password: string | null;
  isEnabled: boolean;
  defaultProjectId: string | null;
  options: JsonObject;
  extra: JsonObject;
}

/** Throws DomainNotFound, or Conflict when the name is taken in the domain. */
export async function createUser(context: IdentityContext, request: NewUser): Promise<User> {
  const { password, ...rest } = request;
  const passwordHash = password === null ? null : await context.passwords.hash(password);
  const user: User = {
    ...rest,
    id: context.ids.hex(),
    passwordHash,
    passwordChangedMs: password === null ? null : context.clock.nowMs(),
  };
  await changeIdentity(context, async (tx) => {
    await requireDomain(tx, user.domainId);
    const taken = await findUserByName(tx, user.domainId, user.name);
    if (taken) throw identityErrors.nameTaken({ noun: 'user', ...user });
    await insertUser(tx, user);
  });
  return user;
}
