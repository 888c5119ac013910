import { decodeJwt } from 'jose';
import { limits } from '#base/limits.ts';
import type { Queries } from '#db/database.ts';
import { dropUnsupportedCredentials } from '../application-credentials/drop-unsupported.ts';
import type { IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import { findGroup, findGroupByName } from '../groups/store.ts';
import { issueToken } from '../tokens/log-in.ts';
import { findNamedDomain } from '../tokens/named-user.ts';
import type { Token } from '../tokens/token.ts';
import type { User } from '../users/user.ts';
import { assertionOf } from './assertion.ts';
import { type Mapped, mapAssertion, type NamedInDomain } from './map.ts';
import type { IdentityProvider, Protocol } from './provider.ts';
import { shadowUser } from './shadow-user.ts';
import { listMappingRows, listProtocolRows, listProviderRows } from './store.ts';
import { listFederatedGroupIds, replaceFederatedGroups } from './users-store.ts';

interface Door {
  provider: IdentityProvider;
  protocol: Protocol;
}

/**
 * An unscoped token for whom an OpenID provider vouches: `bearer` is its ID token, or an access
 * token that is a JWT. Throws AuthenticationFailed and says to the log alone what was wrong.
 */
export async function logInByProvider(
  context: IdentityContext,
  path: { idpId: string; protocolId: string },
  bearer: string,
): Promise<{ token: Token; secret: string }> {
  const door = await findDoor(context, path);
  const mapped = await vouchedFor(context, door, bearer).catch((error: Error) => {
    context.log.info({ idp: path.idpId, reason: error.message }, 'login by federation refused');
    return undefined;
  });
  if (!mapped) throw identityErrors.loginRefused();
  let isChanged = false;
  try {
    const { issued, said } = await context.database.transaction(async (tx) => {
      const { user, isNew } = await userOf(context, tx, door, mapped);
      const untilMs = context.clock.nowMs() + lifetimeMs(door.provider);
      isChanged = (await takeGroups(tx, user, mapped, door, untilMs)) || isNew;
      const proven = { user, methods: [door.protocol.id] };
      const issued = await issueToken(context, tx, proven, { kind: 'none' });
      const said = isChanged ? await context.peers.tell(tx, ['changed']) : undefined;
      return { issued, said };
    });
    await said?.whenTold();
    return issued;
  } finally {
    // Logins are many: who is known as before costs nobody's kept rights.
    if (isChanged) context.actors.forgetAll();
  }
}

function lifetimeMs({ authorizationMinutes }: IdentityProvider): number {
  return authorizationMinutes ? authorizationMinutes * 60_000 : limits.tokenLifetimeMs;
}

async function findDoor(
  context: IdentityContext,
  { idpId, protocolId }: { idpId: string; protocolId: string },
): Promise<Door> {
  const { queries } = context.database;
  const provider = (await listProviderRows(queries)).find(({ id }) => id === idpId);
  const protocol = (await listProtocolRows(queries, idpId)).find(({ id }) => id === protocolId);
  if (!provider?.isEnabled || !protocol) throw identityErrors.loginRefused();
  return { provider, protocol };
}

async function vouchedFor(
  context: IdentityContext,
  { provider, protocol }: Door,
  bearer: string,
): Promise<Mapped> {
  // Who says to have issued it is believed only so far as to know whose keys to ask for.
  const issuer = decodeJwt(bearer).iss ?? '';
  if (!provider.remoteIds.includes(issuer)) throw new Error('of another issuer');
  const claims = await context.issuers.verify(bearer, issuer, protocol.audiences);
  const mappings = await listMappingRows(context.database.queries);
  const mapping = mappings.find(({ id }) => id === protocol.mappingId);
  const mapped = mapping && mapAssertion(mapping.rules, assertionOf(claims));
  if (!mapped) throw new Error('no rule of the mapping names a user');
  return mapped;
}

async function userOf(
  context: IdentityContext,
  tx: Queries,
  { provider, protocol }: Door,
  { user }: Mapped,
): Promise<{ user: User; isNew: boolean }> {
  const uniqueId = user.id ?? user.name ?? '';
  const name = user.name ?? uniqueId;
  // Cut, two of them might become one.
  if (uniqueId.length > 255 || name.length > 240) throw identityErrors.loginRefused();
  const federated = { idpId: provider.id, protocolId: protocol.id, uniqueId };
  return shadowUser(context, tx, federated, name, provider.domainId);
}

/** The groups of the newest assertion are the ones that count. @returns whether they changed. */
async function takeGroups(
  tx: Queries,
  user: User,
  { groups }: Mapped,
  { provider }: Door,
  untilMs: number,
): Promise<boolean> {
  const ids = new Set<string>();
  for (const named of groups) {
    const id = await findGroupId(tx, named, provider.domainId);
    if (id !== undefined) ids.add(id);
  }
  const wanted = [...ids].sort();
  const before = await listFederatedGroupIds(tx, user.id);
  await replaceFederatedGroups(tx, user.id, wanted, untilMs);
  if (JSON.stringify(before) === JSON.stringify(wanted)) return false;
  await dropUnsupportedCredentials(tx, { userIds: [user.id] });
  return true;
}

/** A group that is not here gives nothing: providers have groups of which we know nothing. */
async function findGroupId(
  tx: Queries,
  named: NamedInDomain,
  homeDomainId: string,
): Promise<string | undefined> {
  if (named.id !== undefined) return (await findGroup(tx, named.id))?.id;
  const domain = named.domain ? await findNamedDomain(tx, named.domain) : { id: homeDomainId };
  if (!domain || named.name === undefined) return undefined;
  return (await findGroupByName(tx, domain.id, named.name))?.id;
}
