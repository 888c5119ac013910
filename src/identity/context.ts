import type { Clock } from '#base/clock.ts';
import type { SecurityRules } from '#base/config-security.ts';
import type { Ids } from '#base/ids.ts';
import type { Log } from '#base/log.ts';
import type { Seals } from '#base/sealing/seals.ts';
import type { Database, Queries } from '#db/database.ts';
import type { ApiRules } from '#policy/api-rules.ts';
import type { SignerCache } from './access-keys/signers.ts';
import type { KeyUses } from './access-keys/uses.ts';
import type { CatalogEntry } from './catalog/catalog.ts';
import type { Issuers } from './federation/issuers.ts';
import type { LoginThrottle } from './logins/throttle.ts';
import type { Passwords } from './passwords/passwords.ts';
import type { News, Peers } from './peers.ts';
import type { SignatureMemory } from './signatures/memory.ts';
import type { ActorCache } from './tokens/actor-cache.ts';

/** What the verbs of the identity service work with. */
export interface IdentityContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** For secrets that must be readable again; what need not be is hashed. */
  readonly seals: Seals;
  readonly catalog: () => readonly CatalogEntry[];
  /** What the calls of all services require. */
  readonly rules: () => ApiRules;
  readonly passwords: Passwords;
  /** What is asked of passwords and of those who log in. */
  readonly security: SecurityRules;
  readonly throttle: LoginThrottle;
  /** OpenID providers whose tokens let people in. */
  readonly issuers: Issuers;
  readonly actors: ActorCache;
  readonly keyUses: KeyUses;
  readonly signerCache: SignerCache;
  readonly signatures: SignatureMemory;
  /** The other processes on this database. */
  readonly peers: Peers;
}

/**
 * Every change of who exists and who may what goes through here: it is durable, and no token is
 * judged by what was known before, here or by another process, when this returns.
 */
export function changeIdentity<T>(
  context: IdentityContext,
  work: (tx: Queries) => Promise<T>,
): Promise<T> {
  return changeAndTell(context, ['changed'], work, () => context.actors.forgetAll());
}

/** The same for a change that `forget` makes known here, and `news` to the others. */
export async function changeAndTell<T>(
  { database, peers }: IdentityContext,
  news: News,
  work: (tx: Queries) => Promise<T>,
  forget: () => void,
): Promise<T> {
  try {
    const { result, said } = await database.transaction(async (tx) => ({
      result: await work(tx),
      said: await peers.tell(tx, news),
    }));
    await said.whenTold();
    return result;
  } finally {
    forget();
  }
}
