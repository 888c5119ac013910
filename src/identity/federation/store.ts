import type { Queries } from '#db/database.ts';
import type { IdentityProvider, Mapping, Protocol, ServiceProvider } from './provider.ts';

export async function listProviderRows(db: Queries): Promise<IdentityProvider[]> {
  const rows = await db.selectFrom('identity_providers').selectAll().orderBy('id').execute();
  return rows.map((row) => ({
    id: row.id,
    domainId: row.domain_id,
    isEnabled: row.enabled === 1,
    description: row.description,
    remoteIds: JSON.parse(row.remote_ids),
    authorizationMinutes: row.authorization_minutes,
  }));
}

/** Makes it, or gives it these members. */
export async function putProvider(db: Queries, provider: IdentityProvider): Promise<void> {
  const members = {
    domain_id: provider.domainId,
    enabled: provider.isEnabled ? 1 : 0,
    description: provider.description,
    remote_ids: JSON.stringify(provider.remoteIds),
    authorization_minutes: provider.authorizationMinutes,
  };
  await db
    .insertInto('identity_providers')
    .values({ id: provider.id, ...members })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(members))
    .execute();
}

/** Takes its protocols along, and what is known of its users. */
export async function deleteProviderRow(db: Queries, id: string): Promise<void> {
  await db.deleteFrom('identity_providers').where('id', '=', id).execute();
}

export async function listMappingRows(db: Queries): Promise<Mapping[]> {
  const rows = await db.selectFrom('federation_mappings').selectAll().orderBy('id').execute();
  return rows.map((row) => ({ id: row.id, rules: JSON.parse(row.rules) }));
}

/** As `putProvider`. */
export async function putMapping(db: Queries, mapping: Mapping): Promise<void> {
  const rules = JSON.stringify(mapping.rules);
  await db
    .insertInto('federation_mappings')
    .values({ id: mapping.id, rules })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ rules }))
    .execute();
}

export async function deleteMappingRow(db: Queries, id: string): Promise<void> {
  await db.deleteFrom('federation_mappings').where('id', '=', id).execute();
}

export async function listProtocolRows(db: Queries, idpId?: string): Promise<Protocol[]> {
  let query = db.selectFrom('federation_protocols').selectAll();
  if (idpId !== undefined) query = query.where('idp_id', '=', idpId);
  const rows = await query.orderBy('idp_id').orderBy('id').execute();
  return rows.map((row) => ({
    idpId: row.idp_id,
    id: row.id,
    mappingId: row.mapping_id,
    audiences: JSON.parse(row.audiences),
  }));
}

/** As `putProvider`. */
export async function putProtocol(db: Queries, protocol: Protocol): Promise<void> {
  const members = {
    mapping_id: protocol.mappingId,
    audiences: JSON.stringify(protocol.audiences),
  };
  await db
    .insertInto('federation_protocols')
    .values({ idp_id: protocol.idpId, id: protocol.id, ...members })
    .onConflict((conflict) => conflict.columns(['idp_id', 'id']).doUpdateSet(members))
    .execute();
}

export async function deleteProtocolRow(db: Queries, idpId: string, id: string): Promise<void> {
  const query = db.deleteFrom('federation_protocols').where('idp_id', '=', idpId);
  await query.where('id', '=', id).execute();
}

export async function listServiceProviderRows(db: Queries): Promise<ServiceProvider[]> {
  const rows = await db.selectFrom('service_providers').selectAll().orderBy('id').execute();
  return rows.map((row) => ({
    id: row.id,
    authUrl: row.auth_url,
    spUrl: row.sp_url,
    description: row.description,
    isEnabled: row.enabled === 1,
    relayStatePrefix: row.relay_state_prefix,
  }));
}

/** As `putProvider`. */
export async function putServiceProvider(db: Queries, provider: ServiceProvider): Promise<void> {
  const members = {
    auth_url: provider.authUrl,
    sp_url: provider.spUrl,
    description: provider.description,
    enabled: provider.isEnabled ? 1 : 0,
    relay_state_prefix: provider.relayStatePrefix,
  };
  await db
    .insertInto('service_providers')
    .values({ id: provider.id, ...members })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(members))
    .execute();
}

export async function deleteServiceProviderRow(db: Queries, id: string): Promise<void> {
  await db.deleteFrom('service_providers').where('id', '=', id).execute();
}
