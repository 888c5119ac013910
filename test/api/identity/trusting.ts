import type { Answered, Client } from '#test/client.ts';
import { clientOf } from './delegations.ts';
import type { IdentityCloud } from './identity-cloud.ts';

/** Asks for a trust of roles on project `demo`, with `member` where nothing else is said. */
export function askForTrust(
  cloud: IdentityCloud,
  trustor: Client,
  trustee: Client,
  members: object = {},
): Promise<Answered> {
  return trustor.post('/v3/OS-TRUST/trusts', {
    trust: {
      impersonation: false,
      trustor_user_id: trustor.userId,
      trustee_user_id: trustee.userId,
      project_id: cloud.demoProjectId,
      roles: [{ name: 'member' }],
      ...members,
    },
  });
}

export async function trustOf(
  cloud: IdentityCloud,
  trustor: Client,
  trustee: Client,
  members: object = {},
): Promise<string> {
  const answer = await askForTrust(cloud, trustor, trustee, members);
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body.trust.id;
}

/** Asks for a token of a trust, by a token of the trustee. */
export function askByTrust(
  cloud: IdentityCloud,
  trustee: Client,
  trustId: string,
): Promise<Answered> {
  const identity = { methods: ['token'], token: { id: trustee.token } };
  const scope = { 'OS-TRUST:trust': { id: trustId } };
  return cloud.nobody.post('/v3/auth/tokens', { auth: { identity, scope } });
}

export async function actorOf(
  cloud: IdentityCloud,
  trustee: Client,
  trustId: string,
): Promise<Client> {
  return clientOf(cloud, await askByTrust(cloud, trustee, trustId));
}

/** A user without any role, logged in without scope. */
export async function stranger(cloud: IdentityCloud, name: string): Promise<Client> {
  const user = { name, password: `password of ${name}` };
  await cloud.admin.post('/v3/users', { user });
  const identity = {
    methods: ['password'],
    password: { user: { ...user, domain: { id: 'default' } } },
  };
  return clientOf(cloud, await cloud.nobody.post('/v3/auth/tokens', { auth: { identity } }));
}
