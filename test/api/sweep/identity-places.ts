import type { Client } from '#test/client.ts';
import { hand, type Ids, make } from './places.ts';

const federation = '/v3/OS-FEDERATION';
const filters = '/v3/OS-EP-FILTER';

/** One of everything in identity that is the cloud's, and what binds it together. */
export async function fillIdentity(
  admin: Client,
  name: string,
  { project_id, domain_id }: Ids,
): Promise<Ids> {
  const catalog = await fillCatalog(admin, name);
  const { service_id, endpoint_id, region_id } = catalog;
  const policy = { type: 'text/plain', blob: '{}' };
  const policy_id = (await make(admin, '/v3/policies', { policy }))?.id ?? '';
  const associated = `/v3/policies/${policy_id}/OS-ENDPOINT-POLICY`;
  for (const place of [
    `endpoints/${endpoint_id}`,
    `services/${service_id}`,
    `services/${service_id}/regions/${region_id}`,
  ]) {
    await hand(admin.put(`${associated}/${place}`));
  }
  const endpoint_group = { name, filters: { interface: 'public' } };
  const group = await make(admin, `${filters}/endpoint_groups`, { endpoint_group });
  await hand(admin.put(`${filters}/endpoint_groups/${group?.id}/projects/${project_id}`));
  await hand(admin.put(`${filters}/projects/${project_id}/endpoints/${endpoint_id}`));
  await hand(admin.put(`/v3/projects/${project_id}/tags/${name}`));
  const config = { identity: { driver: 'ldap' }, ldap: { url: 'ldap://x' } };
  await hand(admin.put(`/v3/domains/${domain_id}/config`, { config }));
  return {
    ...catalog,
    policy_id,
    endpoint_group_id: group?.id ?? '',
    value: name,
    group: 'ldap',
    option: 'url',
    // Told of this domain alone, to everybody.
    'compliance domain_id': 'default',
    'compliance option': 'password_regex',
    ...(await fillLimits(admin, name, { service_id, project_id })),
    ...(await fillFederation(admin, name)),
  };
}

async function fillCatalog(admin: Client, name: string) {
  const region_id = (await make(admin, '/v3/regions', { region: { id: name } }))?.id ?? '';
  const service = { type: name, name };
  const service_id = (await make(admin, '/v3/services', { service }))?.id ?? '';
  const endpoint = { service_id, region_id, interface: 'public', url: 'http://x.example' };
  const endpoint_id = (await make(admin, '/v3/endpoints', { endpoint }))?.id ?? '';
  return { region_id, service_id, endpoint_id };
}

async function fillLimits(admin: Client, name: string, of: Partial<Ids>): Promise<Ids> {
  const { service_id, project_id } = of;
  const registered = { service_id, resource_name: name, default_limit: 9 };
  const limit = { service_id, project_id, resource_name: name, resource_limit: 5 };
  const made = await hand(admin.post('/v3/registered_limits', { registered_limits: [registered] }));
  const limits = await hand(admin.post('/v3/limits', { limits: [limit] }));
  return { registered_limit_id: made.registered_limits[0].id, limit_id: limits.limits[0].id };
}

/** Limits of projects are nothing that those of domains are told. */
export async function limitOfDomain(admin: Client, { service_id, value }: Ids): Promise<string> {
  const of = { service_id, domain_id: 'default', resource_name: value };
  const made = await hand(admin.post('/v3/limits', { limits: [{ ...of, resource_limit: 5 }] }));
  return made.limits[0].id;
}

async function fillFederation(admin: Client, name: string): Promise<Ids> {
  const rules = [{ remote: [{ type: 'sub' }], local: [{ user: { name: '{0}' } }] }];
  const urls = { auth_url: 'https://x.example', sp_url: 'https://y.example' };
  const puts: [path: string, body: object][] = [
    [
      `identity_providers/${name}`,
      { identity_provider: { remote_ids: [`https://${name}.example`] } },
    ],
    [`mappings/${name}`, { mapping: { rules } }],
    [`identity_providers/${name}/protocols/${name}`, { protocol: { mapping_id: name } }],
    [`service_providers/${name}`, { service_provider: urls }],
  ];
  for (const [path, body] of puts) await hand(admin.put(`${federation}/${path}`, body));
  return { idp_id: name, mapping_id: name, protocol_id: name, sp_id: name };
}
