import type { Clock } from '#base/clock.ts';
import { defaultSecurityRules, type SecurityRules } from '#base/config-security.ts';
import type { Ids } from '#base/ids.ts';
import { limits } from '#base/limits.ts';
import type { Log } from '#base/log.ts';
import type { Seals } from '#base/sealing/seals.ts';
import type { Database } from '#db/database.ts';
import { apiRules } from '#endpoints/api-rules.ts';
import type { Actor } from '#policy/actor.ts';
import type { ApiRules } from '#policy/api-rules.ts';
import { SignerCache } from './access-keys/signers.ts';
import { KeyUses } from './access-keys/uses.ts';
import type { CatalogEntry } from './catalog/catalog.ts';
import type { IdentityContext } from './context.ts';
import { Issuers } from './federation/issuers.ts';
import { endLapsedMemberships } from './federation/lapse.ts';
import { LoginThrottle } from './logins/throttle.ts';
import { defaultPasswordCost, type PasswordCost } from './passwords/hash.ts';
import { Passwords } from './passwords/passwords.ts';
import { type News, Peers } from './peers.ts';
import { findProject } from './projects/store.ts';
import { type Seeded, seedIdentity } from './seed.ts';
import { openSignatureMemory } from './signatures/memory.ts';
import { ActorCache } from './tokens/actor-cache.ts';
import { actorByAuditId, authenticate } from './tokens/authenticate.ts';
import { identify, type RequestToIdentify } from './tokens/identify.ts';
import { purgeExpiredTokens } from './tokens/revoke.ts';
import { findUser } from './users/store.ts';

export type { CatalogEndpoint, CatalogEntry } from './catalog/catalog.ts';
export type { PasswordCost } from './passwords/hash.ts';

/** Who exists, who holds which token, and which roles they have where. */
export interface IdentityService {
  /**
   * Who asks, by signature or token; undefined where there is neither or the token is not valid
   * (any more). Throws the refusals of a gateway for a signature that is not right.
   */
  identify(request: RequestToIdentify): Promise<Actor | undefined>;
  /** Cached; a change of identity by this process is honoured at once. */
  authenticate(token: string): Promise<Actor | undefined>;
  /** Who holds a token that is known by its audit id only; undefined once it is not valid. */
  actorByAuditId(userId: string, auditId: string): Promise<Actor | undefined>;
  /** Told when anything changed by which somebody may lose a right; the answer ends it. */
  onChange(listener: () => void): () => void;
  /**
   * First start: domain `default`, projects and users `admin` and `demo`, the roles `admin`,
   * `member` and `reader`, each implying the next. Does nothing when they are there.
   */
  seed(passwords: { admin: string; demo: string }): Promise<Seeded>;
  /** Whether there is such a project, whatever its state. */
  hasProject(id: string): Promise<boolean>;
  hasUser(id: string): Promise<boolean>;
  /** The account that a project is of; undefined for one that is not there. */
  domainOf(projectId: string): Promise<string | undefined>;
  /** The same of a user. */
  domainOfUser(userId: string): Promise<string | undefined>;
  /** Deletes rows of expired tokens and old signatures. @returns how many tokens there were. */
  purgeExpiredTokens(): Promise<number>;
  /** Groups that providers named so long ago that they count no more. */
  endLapsedMemberships(): Promise<void>;
  /** Writes down when access keys were last used, which is kept in memory meanwhile. */
  writeKeyUses(): Promise<void>;
  /** For the service's own surfaces. */
  readonly context: IdentityContext;
}

export interface IdentityDeps {
  database: Database;
  clock: Clock;
  ids: Ids;
  log: Log;
  seals: Seals;
  /** Absent: the defaults. */
  security?: SecurityRules | undefined;
  /** Asked at each request: addresses are known only once we listen. */
  catalog: () => readonly CatalogEntry[];
  /** Asked at each request: surfaces are made of services. Absent: there are no other services. */
  rules?: (() => ApiRules) | undefined;
  /** Tests hash cheaply; absent: what is fit for real passwords. */
  passwordCost?: PasswordCost | undefined;
}

export function createIdentity(deps: IdentityDeps): IdentityService {
  const { database, clock, ids, log, seals, catalog } = deps;
  const passwords = new Passwords(ids, deps.passwordCost ?? defaultPasswordCost);
  const peers = new Peers({ database, clock, log, heard: (news) => take(context, news) });
  const isCurrent = () => peers.isCurrent();
  const actors = new ActorCache(limits.cachedTokens, isCurrent);
  let known: ApiRules | undefined;
  const rules = () => {
    known ??= deps.rules?.() ?? apiRules([]);
    return known;
  };
  const shared = { database, clock, ids, log, seals, catalog, rules };
  const security = deps.security ?? defaultSecurityRules;
  const throttle = new LoginThrottle(clock, (keys) => peers.mention(['login-failed', ...keys]));
  const signed = openSigned(actors, clock, isCurrent);
  const issuers = new Issuers(clock);
  const parts = { passwords, actors, security, throttle, issuers, peers, ...signed };
  const context: IdentityContext = { ...shared, ...parts };
  return {
    identify: (request) => identify(context, request),
    authenticate: (token) => authenticate(context, token),
    actorByAuditId: (userId, auditId) => actorByAuditId(context, userId, auditId),
    onChange: (listener) => actors.onForgotten(listener),
    seed: (given) => seedIdentity(context, given),
    hasProject: async (id) => (await findProject(database.queries, id))?.isDomain === false,
    hasUser: async (id) => (await findUser(database.queries, id)) !== undefined,
    domainOf: async (id) => (await findProject(database.queries, id))?.domainId ?? undefined,
    domainOfUser: async (id) => (await findUser(database.queries, id))?.domainId,
    purgeExpiredTokens: () => purgeExpiredTokens(context),
    endLapsedMemberships: () => endLapsedMemberships(context),
    writeKeyUses: () => signed.keyUses.writeDown(database),
    context,
  };
}

/** What another process has to say. */
function take(context: IdentityContext, [kind, ...texts]: News): void {
  const [first = ''] = texts;
  if (kind === 'changed') context.actors.forgetAll();
  if (kind === 'revoked') context.actors.forget(first);
  if (kind === 'login-failed') context.throttle.count(texts);
  if (kind === 'wrongly-signed') context.signatures.wrong.add(first, context.clock.nowMs());
}

function openSigned(actors: ActorCache, clock: Clock, isCurrent: () => boolean) {
  const signerCache = new SignerCache(isCurrent);
  actors.onForgotten(() => signerCache.forgetAll());
  const signatures = openSignatureMemory(clock.nowMs());
  return { keyUses: new KeyUses(), signerCache, signatures };
}
