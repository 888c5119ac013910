import { changeIdentity, type IdentityContext } from '../context.ts';
import { requireDomain } from '../domains/require.ts';
import { identityErrors } from '../errors.ts';
import type { JsonObject } from '../extras.ts';
import { startOfDay } from './activity.ts';
import { requireDefaultIsProject } from './default-project.ts';
import { passwordExpiry, requireStrong } from './password-rules.ts';
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

/**
 * @throws DomainNotFound, Conflict when the name is taken in the domain, and what the rules of
 *   passwords say
 */
export async function createUser(context: IdentityContext, request: NewUser): Promise<User> {
  const { password, ...rest } = request;
  if (password !== null) requireStrong(context.security, password);
  const passwordHash = password === null ? null : await context.passwords.hash(password);
  const nowMs = context.clock.nowMs();
  const user: User = {
    ...rest,
    id: context.ids.hex(),
    passwordHash,
    passwordChangedMs: password === null ? null : nowMs,
    passwordExpiresMs:
      password === null ? null : passwordExpiry(context.security, request, false, nowMs),
    passwordIsOwn: false,
    lastActiveMs: startOfDay(nowMs),
  };
  await changeIdentity(context, async (tx) => {
    await requireDomain(tx, user.domainId);
    await requireDefaultIsProject(tx, user.defaultProjectId);
    const taken = await findUserByName(tx, user.domainId, user.name);
    if (taken) throw identityErrors.nameTaken({ noun: 'user', ...user });
    await insertUser(tx, user);
  });
  return user;
}
