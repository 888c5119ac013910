import type { Answered, Client } from '#test/client.ts';
import type { TestCloud } from '#test/cloud.ts';
import { serverBody } from '#test/servers.ts';

export type Ids = Record<string, string>;

/** Makes something; throws where that is refused. @returns the first object of the answer. */
export async function make(client: Client, path: string, body: object) {
  const { status, body: answer } = await client.post(path, body);
  if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`);
  return answer.id === undefined ? Object.values<Record<string, string>>(answer)[0] : answer;
}

/** What is answered; throws where that is a refusal. */
export async function hand(asked: Promise<Answered>): Promise<Answered['body']> {
  const { status, body } = await asked;
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}

async function idOf(client: Client, path: string, body: object): Promise<string> {
  return (await make(client, path, body))?.id ?? '';
}

/** One of everything that belongs to a project. */
export async function fillProject(cloud: TestCloud, client: Client, name: string): Promise<Ids> {
  const v2 = '/network/v2.0';
  const network_id = await idOf(client, `${v2}/networks`, { network: { name } });
  const subnet = { network_id, ip_version: 4, cidr: '198.18.0.0/16' };
  const subnet_id = await idOf(client, `${v2}/subnets`, { subnet });
  const body = await serverBody(client, { networks: [{ uuid: network_id }] });
  const server_id = await idOf(client, '/v2.1/servers', body);
  await cloud.cloud.services.operations.whenIdle();
  const { ports } = (await client.get(`${v2}/ports?device_id=${server_id}`)).body;
  const security_group = { name };
  const group = await idOf(client, `${v2}/security-groups`, { security_group });
  const rule = { security_group_id: group, direction: 'ingress', protocol: 'tcp' };
  const public_ = (await client.get(`${v2}/networks?router:external=true`)).body.networks[0].id;
  const floating = { floatingip: { floating_network_id: public_ } };
  const floatingip_id = await idOf(client, `${v2}/floatingips`, floating);
  const actions = await client.get(`/v2.1/servers/${server_id}/os-instance-actions`);
  const serverGroup = { server_group: { name, policies: ['affinity'] } };
  const projectId = client.projectId ?? '';
  return {
    network_id,
    subnet_id,
    server_id,
    port_id: ports[0].id,
    router_id: await idOf(client, `${v2}/routers`, { router: { name } }),
    security_group_id: group,
    security_group_rule_id: await idOf(client, `${v2}/security-group-rules`, {
      security_group_rule: rule,
    }),
    floatingip_id,
    floating_ip_id: floatingip_id,
    image_id: ((await client.get('/image/v2/images?visibility=shared')).body.images as Ids[])[0]
      ?.id as string,
    server_group_id: await idOf(client, '/v2.1/os-server-groups', serverGroup),
    request_id: actions.body.instanceActions[0].request_id,
    quota_project_id: projectId,
    usage_project_id: projectId,
  };
}

/** One of everything that belongs to a domain. @param keeper makes policies of that domain */
export async function fillDomain(
  admin: Client,
  keeper: Client,
  domain_id: string,
  name: string,
): Promise<Ids> {
  const inDomain = { name, domain_id };
  const Statement = [{ Effect: 'Allow', Action: ['evs:types:get'] }];
  const policy = { Version: '1.1', Statement };
  const role = (display_name: string) => ({
    role: { display_name, type: 'XA', description: '', policy },
  });
  const role_id = await idOf(keeper, '/v3.0/OS-ROLE/roles', role(`${name} one`));
  return {
    domain_id,
    project_id: await idOf(admin, '/v3/projects', { project: inDomain }),
    user_id: await idOf(admin, '/v3/users', { user: inDomain }),
    group_id: await idOf(admin, '/v3/groups', { group: inDomain }),
    role_id,
    'shown role_id': role_id,
    implied_role_id: await idOf(keeper, '/v3.0/OS-ROLE/roles', role(`${name} two`)),
  };
}

/** One of everything that belongs to a user; nothing where their roles cannot be passed on. */
export async function fillUser(client: Client, admin: Client, name: string): Promise<Ids> {
  const { userId: user_id = '', projectId: project_id = '' } = client;
  const rule = { service: 'compute', method: 'GET', path: '/v2.1/servers' };
  const wanted = { application_credential: { name, access_rules: [rule] } };
  const ofUser = `/v3/users/${user_id}`;
  const credential = await make(client, `${ofUser}/application_credentials`, wanted);
  const rules = (await client.get(`${ofUser}/access_rules`)).body.access_rules;
  const ec2 = await make(client, `${ofUser}/credentials/OS-EC2`, { tenant_id: project_id });
  const totp = { credential: { type: 'totp', blob: 'MFRGG', user_id } };
  const key = await make(client, '/v3.0/OS-CREDENTIAL/credentials', { credential: { user_id } });
  const held = (await client.get('/v3/auth/tokens', { 'x-subject-token': client.token ?? '' })).body
    .token.roles as { id: string }[];
  const trust = {
    impersonation: false,
    trustor_user_id: user_id,
    trustee_user_id: admin.userId,
    project_id,
    roles: held.slice(0, 1).map(({ id }) => ({ id })),
  };
  const newest = { 'openstack-api-version': 'compute 2.91' };
  const keypair = { name: `pair ${name}`, user_id, type: 'ssh', public_key: publicKey };
  const pair = await admin.post('/v2.1/os-keypairs', { keypair }, newest);
  if (pair.status !== 201) throw new Error(JSON.stringify(pair.body));
  return {
    application_credential_id: credential?.id ?? '',
    access_rule_id: rules[0].id,
    'ec2 credential_id': ec2?.access ?? '',
    credential_id: await idOf(client, '/v3/credentials', totp),
    access_key: key?.access ?? '',
    trust_id: await idOf(client, '/v3/OS-TRUST/trusts', { trust }),
    keypair_name: keypair.name,
  };
}

const publicKey =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGYVFyZJ6hXjhb9MVqV0mZqCxkqwBqBv0R5nDyNTWsYK swept';
