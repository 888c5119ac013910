import type { Answered } from '#test/client.ts';
import { Client } from '#test/client.ts';
import type { IdentityCloud } from './identity-cloud.ts';

/** Makes an application credential as the client; throws where that is refused. */
export async function credentialOf(
  client: Client,
  members: object = {},
): Promise<{ id: string; secret: string }> {
  const answer = await askForCredential(client, { name: 'robot', ...members });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body.application_credential;
}

export function askForCredential(client: Client, members: object): Promise<Answered> {
  const path = `/v3/users/${client.userId}/application_credentials`;
  return client.post(path, { application_credential: members });
}

export function credentialLogin(proof: object, scope?: unknown): object {
  const identity = { methods: ['application_credential'], application_credential: proof };
  return { auth: scope === undefined ? { identity } : { identity, scope } };
}

/** Who holds the token of this answer. */
export function clientOf(cloud: { url: string }, answer: Answered): Client {
  if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
  const { token } = answer.body;
  const secret = answer.headers.get('x-subject-token') ?? '';
  return new Client(cloud.url, secret, token.project?.id, token.user.id);
}

/** Logs in by an application credential. */
export async function robotOf(
  cloud: IdentityCloud,
  proof: { id: string; secret: string },
): Promise<Client> {
  const { id, secret } = proof;
  const answer = await cloud.nobody.post('/v3/auth/tokens', credentialLogin({ id, secret }));
  return clientOf(cloud, answer);
}

export async function isValid(client: Client): Promise<boolean> {
  return (await client.get('/v3/auth/catalog')).status === 200;
}

export async function roleId(cloud: IdentityCloud, name: string): Promise<string> {
  return (await cloud.admin.get(`/v3/roles?name=${name}`)).body.roles[0].id;
}

export function rolePath(cloud: IdentityCloud, client: Client, role: string): string {
  return `/v3/projects/${cloud.demoProjectId}/users/${client.userId}/roles/${role}`;
}
