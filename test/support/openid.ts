import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';

/** A real, certified OpenID provider in this process, whose clients stand for its users. */
export interface OpenIdProvider extends AsyncDisposable {
  readonly issuer: string;
  /** A token as the provider issues it by the grant `client_credentials`. */
  tokenOf(client: string, audience?: string): Promise<string>;
  /** By what an OpenStack client fetches such a token itself. */
  clientOf(client: string): Record<string, string>;
  /** By what an OpenStack client asks for it with the name and password of a person. */
  personOf(client: string): Record<string, string>;
}

const secret = 'a secret of the client that is long enough';
const password = 'a password of a person';

const tokenFormat = {
  scope: 'api',
  accessTokenFormat: 'jwt',
  jwt: { sign: { alg: 'RS256' } },
};

type Groups = Readonly<Record<string, readonly string[]>>;

interface GrantCall {
  oidc: { params: { username?: string; password?: string } };
  body?: unknown;
}

function settingsOf(jwk: object, groups: Groups): object {
  return {
    jwks: { keys: [jwk] },
    ttl: { ClientCredentials: 600 },
    clients: Object.keys(groups).map((id) => ({
      client_id: id,
      client_secret: secret,
      grant_types: ['client_credentials', 'password'],
      redirect_uris: [],
      response_types: [],
    })),
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => 'urn:cumulet',
        getResourceServerInfo: (_context: unknown, resource: string) => ({
          ...tokenFormat,
          audience: resource.replace('urn:', ''),
        }),
      },
    },
    extraTokenClaims: (_context: unknown, token: { clientId: string }) => ({
      preferred_username: token.clientId,
      groups: groups[token.clientId],
    }),
  };
}

/** @param groups by client, the groups that its tokens name. */
export async function startOpenIdProvider(groups: Groups): Promise<OpenIdProvider> {
  // The package brings no types of its own.
  const name: string = 'oidc-provider';
  const { Provider, errors } = await import(name);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), use: 'sig' };
  const provider = new Provider(issuer, settingsOf(jwk, groups));
  // The package leaves this grant, by which command lines log people in, to whoever wants it.
  const grantToPerson = async (call: GrantCall) => {
    const { username = '', password: said } = call.oidc.params;
    const client = said === password ? await provider.Client.find(username) : undefined;
    if (!client) throw new errors.InvalidGrant('wrong name or password');
    const token = new provider.ClientCredentials({ client, scope: tokenFormat.scope });
    token.resourceServer = new provider.ResourceServer('urn:cumulet', {
      ...tokenFormat,
      audience: 'cumulet',
    });
    call.body = { access_token: await token.save(), token_type: 'Bearer', expires_in: 600 };
  };
  provider.registerGrantType('password', grantToPerson, ['username', 'password', 'scope']);
  server.on('request', provider.callback());
  const asClient = (client: string) => ({
    OS_CLIENT_ID: client,
    OS_CLIENT_SECRET: secret,
    OS_DISCOVERY_ENDPOINT: `${issuer}/.well-known/openid-configuration`,
    OS_OPENID_SCOPE: tokenFormat.scope,
  });
  return {
    issuer,
    tokenOf: async (client, audience = 'cumulet') => {
      const credentials = Buffer.from(`${client}:${encodeURIComponent(secret)}`);
      const response = await fetch(`${issuer}/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${credentials.toString('base64')}` },
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          resource: `urn:${audience}`,
          scope: 'api',
        }),
      });
      const body = (await response.json()) as { access_token?: string };
      if (!body.access_token) throw new Error(JSON.stringify(body));
      return body.access_token;
    },
    clientOf: (client) => ({ OS_AUTH_TYPE: 'v3oidcclientcredentials', ...asClient(client) }),
    personOf: (client) => ({
      OS_AUTH_TYPE: 'v3oidcpassword',
      ...asClient(client),
      OS_USERNAME: client,
      OS_PASSWORD: password,
    }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
