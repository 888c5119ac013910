import type { Clock } from '#base/clock.ts';
import type { Ids } from '#base/ids.ts';
import { limits } from '#base/limits.ts';
import type { Log } from '#base/log.ts';
import type { Database } from '#db/database.ts';
import type { Actor } from '#policy/actor.ts';
import type { CatalogEntry } from './catalog/catalog.ts';
import type { IdentityContext } from './context.ts';
import { defaultPasswordCost, type PasswordCost } from './passwords/hash.ts';
import { Passwords } from './passwords/passwords.ts';
import { type Seeded, seedIdentity } from './seed.ts';
import { ActorCache } from './tokens/actor-cache.ts';
import { authenticate } from './tokens/authenticate.ts';
import { purgeExpiredTokens } from './tokens/revoke.ts';

export type { CatalogEndpoint, CatalogEntry } from './catalog/catalog.ts';
export type { PasswordCost } from './passwords/hash.ts';

/** Who exists, who holds which token, and which roles they have where. */
export interface IdentityService {
  /** Cached; a change of identity by this process is honoured at once. */
  authenticate(token: string): Promise<Actor | undefined>;
  /**
   * First start: domain `default`, projects and users `admin` and `demo`, the roles `admin`,
   * `member` and `reader`, each implying the next. Does nothing when they are there.
   */
  seed(passwords: { admin: string; demo: string }): Promise<Seeded>;
  /** Deletes the rows of expired tokens, which only take room. @returns how many there were. */
  purgeExpiredTokens(): Promise<number>;
  /** For the service's own surfaces. */
  readonly context: IdentityContext;
}

export interface IdentityDeps {
  database: Database;
  clock: Clock;
  ids: Ids;
  log: Log;
  /** Asked at each request: addresses are known only once we listen. */
  catalog: () => readonly CatalogEntry[];
  /** Tests hash cheaply; absent: what is fit for real passwords. */
  passwordCost?: PasswordCost | undefined;
}

export function createIdentity(deps: IdentityDeps): IdentityService {
  const { database, clock, ids, log, catalog } = deps;
  const passwords = new Passwords(ids, deps.passwordCost ?? defaultPasswordCost);
  const actors = new ActorCache(limits.cachedTokens);
  const context: IdentityContext = { database, clock, ids, log, catalog, passwords, actors };
  return {
    authenticate: (token) => authenticate(context, token),
    seed: (given) => seedIdentity(context, given),
    purgeExpiredTokens: () => purgeExpiredTokens(context),
    context,
  };
}
