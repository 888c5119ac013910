/** One request of the play; names in braces were learned before. */
export interface IdentityPlay {
  call: string;
  body?: unknown;
  /** Names for parts of the answer: `{ project_id: 'project.id' }`. */
  learns?: Record<string, string>;
}

const compute = 'cumulet-compute';

/** Makes one of everything that there is. Parameters that are known afterwards name it. */
export const makingPlays: readonly IdentityPlay[] = [
  {
    call: 'POST /domains',
    body: { domain: { name: 'played' } },
    learns: { domain_id: 'domain.id' },
  },
  {
    call: 'POST /projects',
    body: { project: { name: 'played' } },
    learns: { project_id: 'project.id' },
  },
  {
    call: 'POST /users',
    body: { user: { name: 'played', password: 'a password' } },
    learns: { other_user_id: 'user.id' },
  },
  { call: 'POST /groups', body: { group: { name: 'played' } }, learns: { group_id: 'group.id' } },
  {
    call: 'POST /roles',
    body: { role: { name: 'played' } },
    learns: { role_id: 'role.id', prior_role_id: 'role.id' },
  },
  {
    call: 'POST /roles',
    body: { role: { name: 'implied' } },
    learns: { implied_role_id: 'role.id' },
  },
  { call: 'PUT /roles/{role_id}/implies/{implied_role_id}' },
  { call: 'PUT /groups/{group_id}/users/{user_id}' },
  ...[
    ['', ''],
    ['/OS-INHERIT', '/inherited_to_projects'],
  ].flatMap(([prefix, suffix]) =>
    ['projects/{project_id}', 'domains/{domain_id}'].flatMap((place) =>
      ['users/{user_id}', 'groups/{group_id}'].map((actor) => ({
        call: `PUT ${prefix}/${place}/${actor}/roles/{role_id}${suffix}`,
      })),
    ),
  ),
  { call: 'PUT /system/users/{user_id}/roles/{role_id}' },
  { call: 'PUT /system/groups/{group_id}/roles/{role_id}' },
  { call: 'PUT /projects/{project_id}/tags', body: { tags: ['red'] } },
  { call: 'PUT /projects/{project_id}/tags/{value}' },
  { call: 'POST /regions', body: { region: { id: 'played' } }, learns: { region_id: 'region.id' } },
  { call: 'PUT /regions/{other_region}', body: { region: {} } },
  {
    call: 'POST /services',
    body: { service: { type: 'played', name: 'played' } },
    learns: { service_id: 'service.id' },
  },
  {
    call: 'POST /endpoints',
    body: {
      endpoint: { service_id: '{service_id}', interface: 'public', url: 'http://x', region: 'r' },
    },
    learns: { endpoint_id: 'endpoint.id' },
  },
  {
    call: 'POST /registered_limits',
    body: {
      registered_limits: [{ service_id: compute, resource_name: 'cores', default_limit: 9 }],
    },
    learns: { registered_limit_id: 'registered_limits.0.id' },
  },
  {
    call: 'POST /limits',
    body: {
      limits: [
        {
          service_id: compute,
          resource_name: 'cores',
          resource_limit: 5,
          project_id: '{project_id}',
        },
      ],
    },
    learns: { limit_id: 'limits.0.id' },
  },
  {
    call: 'POST /policies',
    body: { policy: { type: 'application/json', blob: '{}' } },
    learns: { policy_id: 'policy.id' },
  },
  ...['endpoints/{endpoint_id}', 'services/{service_id}'].map((place) => ({
    call: `PUT /policies/{policy_id}/OS-ENDPOINT-POLICY/${place}`,
  })),
  {
    call: 'PUT /policies/{policy_id}/OS-ENDPOINT-POLICY/services/{service_id}/regions/{region_id}',
  },
  {
    call: 'POST /OS-EP-FILTER/endpoint_groups',
    body: { endpoint_group: { name: 'played', filters: { interface: 'public' } } },
    learns: { endpoint_group_id: 'endpoint_group.id' },
  },
  { call: 'PUT /OS-EP-FILTER/endpoint_groups/{endpoint_group_id}/projects/{project_id}' },
  { call: 'PUT /OS-EP-FILTER/projects/{project_id}/endpoints/{endpoint_id}' },
  {
    call: 'PUT /domains/{domain_id}/config',
    body: { config: { identity: { driver: 'ldap' }, ldap: { url: 'ldap://x' } } },
  },
  {
    call: 'POST /credentials',
    body: {
      credential: {
        type: 'cert',
        blob: 'text',
        user_id: '{user_id}',
        project_id: '{project_id}',
      },
    },
    learns: { credential_id: 'credential.id' },
  },
  {
    call: 'POST /users/{user_id}/application_credentials',
    body: {
      application_credential: {
        name: 'played',
        access_rules: [{ service: 'compute', method: 'GET', path: '/v2.1/servers' }],
      },
    },
    learns: {
      application_credential_id: 'application_credential.id',
      access_rule_id: 'application_credential.access_rules.0.id',
    },
  },
  {
    call: 'POST /OS-TRUST/trusts',
    body: {
      trust: {
        trustor_user_id: '{user_id}',
        trustee_user_id: '{other_user_id}',
        impersonation: false,
        project_id: '{project_id}',
        roles: [{ id: '{role_id}' }],
      },
    },
    learns: { trust_id: 'trust.id' },
  },
  {
    call: 'PUT /OS-FEDERATION/identity_providers/{idp_id}',
    body: { identity_provider: { enabled: true, remote_ids: ['https://played.example'] } },
  },
  {
    call: 'PUT /OS-FEDERATION/mappings/{mapping_id}',
    body: {
      mapping: {
        rules: [{ remote: [{ type: 'sub' }], local: [{ user: { name: '{0}' } }] }],
      },
    },
  },
  {
    call: 'PUT /OS-FEDERATION/identity_providers/{idp_id}/protocols/{protocol_id}',
    body: { protocol: { mapping_id: '{mapping_id}' } },
  },
  {
    call: 'PUT /OS-FEDERATION/service_providers/{sp_id}',
    body: {
      service_provider: {
        auth_url: 'https://x.example',
        sp_url: 'https://y.example',
        enabled: true,
      },
    },
  },
  {
    call: 'POST /users/{other_user_id}/password',
    body: { user: { original_password: 'a password', password: 'another password' } },
  },
];

const named = { name: 'renamed' };
const described = { description: 'changed' };

/** Changes everything that was made. */
export const changingPlays: readonly IdentityPlay[] = [
  { call: 'PATCH /domains/{domain_id}', body: { domain: { ...named, enabled: false } } },
  { call: 'PATCH /projects/{project_id}', body: { project: described } },
  { call: 'PATCH /users/{other_user_id}', body: { user: named } },
  { call: 'PATCH /groups/{group_id}', body: { group: named } },
  { call: 'PATCH /roles/{role_id}', body: { role: named } },
  { call: 'PATCH /regions/{region_id}', body: { region: described } },
  { call: 'PATCH /services/{service_id}', body: { service: named } },
  { call: 'PATCH /endpoints/{endpoint_id}', body: { endpoint: { url: 'http://y' } } },
  {
    call: 'PATCH /registered_limits/{registered_limit_id}',
    body: { registered_limit: described },
  },
  { call: 'PATCH /limits/{limit_id}', body: { limit: described } },
  { call: 'PATCH /policies/{policy_id}', body: { policy: { blob: 'changed' } } },
  {
    call: 'PATCH /OS-EP-FILTER/endpoint_groups/{endpoint_group_id}',
    body: { endpoint_group: named },
  },
  { call: 'PATCH /domains/{domain_id}/config', body: { config: { ldap: { page_size: 5 } } } },
  {
    call: 'PATCH /domains/{domain_id}/config/{group}',
    body: { config: { ldap: { suffix: 'x' } } },
  },
  {
    call: 'PATCH /domains/{domain_id}/config/{group}/{option}',
    body: { config: { url: 'ldap://y' } },
  },
  { call: 'PATCH /credentials/{credential_id}', body: { credential: { blob: 'changed' } } },
  {
    call: 'PATCH /OS-FEDERATION/identity_providers/{idp_id}',
    body: { identity_provider: described },
  },
  {
    call: 'PATCH /OS-FEDERATION/mappings/{mapping_id}',
    body: {
      mapping: { rules: [{ remote: [{ type: 'name' }], local: [{ user: { name: '{0}' } }] }] },
    },
  },
  {
    call: 'PATCH /OS-FEDERATION/identity_providers/{idp_id}/protocols/{protocol_id}',
    body: { protocol: { mapping_id: '{mapping_id}' } },
  },
  { call: 'PATCH /OS-FEDERATION/service_providers/{sp_id}', body: { service_provider: described } },
];
