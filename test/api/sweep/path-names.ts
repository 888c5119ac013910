import type { Endpoint } from '#endpoints/endpoint.ts';

/**
 * Whose a thing is that a path names: of a project, of a domain, of a user; of something else that
 * the same path names; of the whole cloud; or a word that names nothing by itself.
 */
export type Owner = 'project' | 'domain' | 'user' | 'parent' | 'cloud' | 'word';

/** Every name that a path has. One that is missing here fails the sweep. */
const owners: Readonly<Record<string, Owner>> = {
  server_id: 'project',
  network_id: 'project',
  subnet_id: 'project',
  port_id: 'project',
  router_id: 'project',
  security_group_id: 'project',
  security_group_rule_id: 'project',
  floatingip_id: 'project',
  floating_ip_id: 'project',
  image_id: 'project',
  server_group_id: 'project',
  quota_project_id: 'project',
  usage_project_id: 'project',
  project_id: 'domain',
  domain_id: 'domain',
  user_id: 'domain',
  group_id: 'domain',
  role_id: 'domain',
  implied_role_id: 'domain',
  keypair_name: 'user',
  credential_id: 'user',
  access_key: 'user',
  trust_id: 'user',
  application_credential_id: 'parent',
  access_rule_id: 'parent',
  request_id: 'parent',
  migration_id: 'parent',
  member_id: 'parent',
  protocol_id: 'cloud',
  // None can be had, neither of these.
  share_id: 'word',
  console_id: 'word',
  network_label: 'word',
  key: 'word',
  tag: 'word',
  value: 'word',
  name: 'word',
  group: 'word',
  option: 'word',
  alias: 'word',
  version_id: 'word',
  before: 'word',
  enterprise_project_id: 'word',
  token: 'word',
};

const ofTheCloud = [
  ...['flavor_id', 'quota_class', 'hypervisor_id', 'host_name', 'service_id', 'aggregate_id'],
  ...['node_id', 'agent_id', 'cell_id', 'certificate_id', 'cloudpipe_id', 'fixed_ip', 'domain'],
  ...['rule_id', 'snapshot_id', 'idp_id', 'mapping_id', 'sp_id', 'region_id', 'endpoint_id'],
  ...['policy_id', 'limit_id', 'registered_limit_id', 'endpoint_group_id'],
];

/** Told alike of any project, or of the domain whose rules hold for all: nobody's own. */
const ofAllAlike = /_id\}\/(defaults?$|config\/security_compliance)/;

/** `{server_id}` and so on, in the order of the path, with whose they are. */
export function namesIn(endpoint: Endpoint<unknown>): [name: string, owner: Owner][] {
  const names = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  return names.map((name) => {
    const isAlike = ofTheCloud.includes(name) || ofAllAlike.test(endpoint.path);
    const owner = isAlike ? 'cloud' : owners[name];
    if (owner === undefined) throw new Error(`whose is ${name} of ${endpoint.path}?`);
    return [name, owner];
  });
}

/** Where the same name means something else: a pair of EC2 keys is found by its access key. */
export function keyOf(endpoint: Endpoint<unknown>, name: string): string {
  const { path, method, until, requires } = endpoint;
  const isOld = until === '2.52' || until === '2.10';
  if (name === 'credential_id' && path.includes('/OS-EC2/')) return `ec2 ${name}`;
  if (name === 'service_id' && path.startsWith('/os-services/')) {
    if (!isOld) return `os ${name}`;
    return method === 'PUT' ? `os act ${name}` : `os numbered ${name}`;
  }
  if (name === 'hypervisor_id' && /(search|servers)$/.test(path)) return `pattern ${name}`;
  if (name === 'hypervisor_id' && isOld) return `numbered ${name}`;
  if (name === 'role_id' && path === '/roles/{role_id}') return `shown ${name}`;
  if (path.includes('/config/security_compliance')) return `compliance ${name}`;
  if (name === 'alias' && requires.length > 0) return `compute ${name}`;
  return name;
}

/** Two things of which neither is anybody's, though the last is in the first, or bound to it. */
const withinClouds = new RegExp(
  [
    'protocols/{protocol_id}$',
    'os-extra_specs/{key}$',
    'OS-ENDPOINT-POLICY/',
    'endpoint_groups/{endpoint_group_id}/projects/{project_id}$',
    'projects/{project_id}/endpoints/{endpoint_id}$',
  ]
    .map((each) => each.replaceAll(/[{}]/g, '\\$&'))
    .join('|'),
);

/** The name of what is in something of the cloud, and can be looked for in another one in vain. */
export function nameWithinClouds(endpoint: Endpoint<unknown>): string | undefined {
  if (!withinClouds.test(endpoint.path)) return undefined;
  const names = namesIn(endpoint);
  return names.length < 2 ? undefined : names.at(-1)?.[0];
}

/** The last thing of a path that can be somebody else's, and all such things. */
export function ownedNames(endpoint: Endpoint<unknown>): string[] {
  return namesIn(endpoint).flatMap(([name, owner]) =>
    owner === 'cloud' || owner === 'word' ? [] : [name],
  );
}
