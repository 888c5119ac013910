import { RE2JS } from 're2js';
import type { Queries } from '#db/database.ts';
import type { Allowed } from '#policy/engine.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { requireDomain } from '../domains/require.ts';
import { identityErrors } from '../errors.ts';
import { insertProject } from '../projects/store.ts';
import type { IdentityProvider, Mapping, Protocol, ServiceProvider } from './provider.ts';
import {
  deleteMappingRow,
  deleteProtocolRow,
  deleteProviderRow,
  deleteServiceProviderRow,
  listMappingRows,
  listProtocolRows,
  listProviderRows,
  listServiceProviderRows,
  putMapping,
  putProtocol,
  putProvider,
  putServiceProvider,
} from './store.ts';
import { endFederatedRights } from './users-store.ts';

export type NewProvider = Omit<IdentityProvider, 'domainId'> & { domainId: string | null };

/** Without a domain it gets one of its own. Throws Conflict, DomainNotFound. */
export function createProvider(
  context: IdentityContext,
  wanted: NewProvider,
): Promise<IdentityProvider> {
  return changeIdentity(context, async (tx) => {
    const others = await listProviderRows(tx);
    if (others.some(({ id }) => id === wanted.id)) throw taken('identity_provider', wanted.id);
    checkIssuers(others, wanted);
    const domainId = wanted.domainId ?? (await makeDomain(context, tx, wanted.id));
    const provider = { ...wanted, domainId };
    await requireDomain(tx, domainId);
    await putProvider(tx, provider);
    return provider;
  });
}

/** Disabling it ends what its users have by it, at once. Throws Conflict. */
export function updateProvider(
  context: IdentityContext,
  before: Allowed<IdentityProvider>,
  change: Partial<Omit<IdentityProvider, 'id' | 'domainId'>>,
): Promise<IdentityProvider> {
  return changeIdentity(context, async (tx) => {
    const provider: IdentityProvider = { ...before, ...change };
    const others = (await listProviderRows(tx)).filter(({ id }) => id !== before.id);
    checkIssuers(others, provider);
    await putProvider(tx, provider);
    if (!provider.isEnabled) await endFederatedRights(tx, provider.id);
    return provider;
  });
}

/** Its users stay, with nothing that they had by it. */
export function deleteProvider(
  context: IdentityContext,
  provider: Allowed<IdentityProvider>,
): Promise<void> {
  return changeIdentity(context, async (tx) => {
    await endFederatedRights(tx, provider.id);
    await deleteProviderRow(tx, provider.id);
  });
}

/** One issuer is of one provider: else it would be open whose user somebody is. */
function checkIssuers(
  others: readonly IdentityProvider[],
  { remoteIds }: Pick<IdentityProvider, 'remoteIds'>,
): void {
  const known = new Set(others.flatMap((other) => other.remoteIds));
  const twice = remoteIds.find((id) => known.has(id));
  if (twice !== undefined) throw taken('remote_id', twice);
}

async function makeDomain(context: IdentityContext, tx: Queries, idpId: string): Promise<string> {
  const id = context.ids.hex();
  await insertProject(tx, {
    id,
    domainId: null,
    parentId: null,
    isDomain: true,
    name: id,
    description: `Auto generated federated domain for Identity Provider: ${idpId}`,
    isEnabled: true,
    tags: [],
    options: {},
    extra: {},
  });
  return id;
}

function taken(noun: string, id: string): Error {
  return identityErrors.idTaken({ noun, id: id.slice(0, 255) });
}

/** Makes or changes it. Throws Conflict for a new one of a known id, ValidationError for rules. */
export function writeMapping(
  context: IdentityContext,
  mapping: Mapping,
  isNew: boolean,
): Promise<Mapping> {
  checkPatterns(mapping);
  return changeIdentity(context, async (tx) => {
    const isKnown = (await listMappingRows(tx)).some(({ id }) => id === mapping.id);
    if (isNew && isKnown) throw taken('mapping', mapping.id);
    await putMapping(tx, mapping);
    return mapping;
  });
}

function checkPatterns({ rules }: Mapping): void {
  for (const requirement of rules.flatMap((rule) => rule.remote)) {
    if (!requirement.regex) continue;
    const { any_one_of: one = [], not_any_of: two = [], blacklist: three = [] } = requirement;
    for (const pattern of [...one, ...two, ...three, ...(requirement.whitelist ?? [])]) {
      try {
        RE2JS.compile(pattern);
      } catch {
        throw identityErrors.invalid({ reason: 'A rule has a pattern that can not be read.' });
      }
    }
  }
}

/** Throws Conflict while a protocol uses it. */
export function deleteMapping(context: IdentityContext, mapping: Allowed<Mapping>): Promise<void> {
  return changeIdentity(context, async (tx) => {
    const isUsed = (await listProtocolRows(tx)).some((one) => one.mappingId === mapping.id);
    if (isUsed) throw identityErrors.mappingInUse({ id: mapping.id });
    await deleteMappingRow(tx, mapping.id);
  });
}

/** As `writeMapping`; throws ValidationError for an unknown mapping. */
export function writeProtocol(
  context: IdentityContext,
  protocol: Protocol,
  isNew: boolean,
): Promise<Protocol> {
  return changeIdentity(context, async (tx) => {
    const known = await listProtocolRows(tx, protocol.idpId);
    if (isNew && known.some(({ id }) => id === protocol.id)) throw taken('protocol', protocol.id);
    if (!(await listMappingRows(tx)).some(({ id }) => id === protocol.mappingId)) {
      throw identityErrors.invalid({ reason: 'Expecting to find mapping_id in protocol.' });
    }
    await putProtocol(tx, protocol);
    return protocol;
  });
}

/** Whoever came in by it is out at once. */
export function deleteProtocol(
  context: IdentityContext,
  protocol: Allowed<Protocol>,
): Promise<void> {
  return changeIdentity(context, async (tx) => {
    await endFederatedRights(tx, protocol.idpId, protocol.id);
    await deleteProtocolRow(tx, protocol.idpId, protocol.id);
  });
}

/** As `writeMapping`. */
export function writeServiceProvider(
  context: IdentityContext,
  provider: ServiceProvider,
  isNew: boolean,
): Promise<ServiceProvider> {
  return changeIdentity(context, async (tx) => {
    const isKnown = (await listServiceProviderRows(tx)).some(({ id }) => id === provider.id);
    if (isNew && isKnown) throw taken('service_provider', provider.id);
    await putServiceProvider(tx, provider);
    return provider;
  });
}

export function deleteServiceProvider(
  context: IdentityContext,
  provider: Allowed<ServiceProvider>,
): Promise<void> {
  return changeIdentity(context, (tx) => deleteServiceProviderRow(tx, provider.id));
}
