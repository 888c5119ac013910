import type { Client } from '#test/client.ts';
import { logIn } from '#test/client.ts';
import type { TestCloud } from '#test/cloud.ts';
import { networkId, serverBody } from '#test/servers.ts';

/** As a policy names a server, whatever its region and account. */
export const serverNamed = (id: string) => `ecs:*:*:instance:${id}`;

/** A new user of project `demo` whose rights are these statements and nothing else. */
export async function holderOf(
  cloud: TestCloud,
  name: string,
  ...statements: object[]
): Promise<Client> {
  const { admin, demo } = cloud;
  const user = { name, password: `password of ${name}` };
  const { id } = (await admin.post('/v3/users', { user })).body.user;
  const roleId = await policyOf(cloud, name, ...statements);
  await admin.put(`/v3/projects/${demo.projectId}/users/${id}/roles/${roleId}`);
  const client = await logIn(cloud.url, name, `password of ${name}`, 'demo');
  return client.checkedBy(demo.check);
}

/** A policy of these statements. @returns its id, by which it is granted. */
export async function policyOf(
  { admin }: TestCloud,
  name: string,
  ...Statement: object[]
): Promise<string> {
  const policy = { Version: '1.1', Statement };
  const role = { display_name: name, type: 'XA', description: name, policy };
  const made = await admin.post('/v3.0/OS-ROLE/roles', { role });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  return made.body.role.id;
}

/** Two servers of project `demo` that run. */
export async function twoServers(cloud: TestCloud, extra: object = {}): Promise<[string, string]> {
  const { demo } = cloud;
  const body = await serverBody(demo, { networks: [{ uuid: await networkId(demo) }], ...extra });
  const make = async () => (await demo.post('/v2.1/servers', body)).body.server.id;
  const ids: [string, string] = [await make(), await make()];
  await cloud.cloud.services.operations.whenIdle();
  return ids;
}

export const soft = { reboot: { type: 'SOFT' } };

export function actOn(client: Client, id: string, body: object, surface = 'v2.1') {
  return client.post(`/${surface}/servers/${id}/action`, body);
}

/** The actions that a server's record has seen, as its owner reads them. */
export async function doneTo(cloud: TestCloud, id: string): Promise<string[]> {
  const { body } = await cloud.demo.get(`/v2.1/servers/${id}/os-instance-actions`);
  return body.instanceActions.map(({ action }: { action: string }) => action).sort();
}
