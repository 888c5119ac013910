import { Type } from 'typebox';
import { ApiError, requestErrors } from '#base/errors.ts';
import { Reply } from '#endpoints/endpoint.ts';
import { identityUrl } from '../../../catalog/catalog.ts';
import type { IdentityContext } from '../../../context.ts';
import { identityErrors } from '../../../errors.ts';
import { logIn } from '../../../tokens/log-in.ts';
import { text } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { readForm } from './read-form.ts';

/** Refusals are RFC 6749's here, for clients that know no other. */
export const createAccessToken = endpoint({
  method: 'POST',
  path: '/OS-OAUTH2/token',
  summary: 'A token for an application credential, as OAuth 2.0 asks: grant client_credentials.',
  requires: [],
  public: true,
  stream: ['application/x-www-form-urlencoded'],
  status: 200,
  response: Type.Object(
    { access_token: text, token_type: Type.Literal('Bearer'), expires_in: Type.Integer() },
    { additionalProperties: false },
  ),
  errors: [
    requestErrors.typeUnsupported,
    requestErrors.bodyTooLarge,
    identityErrors.loginsLimited,
    identityErrors.tooManyLogins,
  ],
  handle: async (service, call) => {
    const form = await readForm(call.stream, call.headers['content-type']);
    const grant = form.get('grant_type');
    if (grant === null) {
      return refusal(400, 'invalid_request', 'The parameter grant_type is required.');
    }
    if (grant !== 'client_credentials') {
      const reason = `The parameter grant_type ${grant.slice(0, 64)} is not supported.`;
      return refusal(400, 'unsupported_grant_type', reason);
    }
    const client = basicOf(call.headers.authorization) ?? formClient(form);
    const made = client && (await tokenFor(service, client, call.address));
    if (!made) return unauthorized(service);
    const lifetimeMs = made.token.expiresMs - service.clock.nowMs();
    const body = {
      access_token: made.secret,
      token_type: 'Bearer',
      expires_in: Math.floor(lifetimeMs / 1000),
    };
    const { user, projectId } = made.token;
    return new Reply(body, { by: { userId: user.id, projectId } });
  },
});

interface OAuthClient {
  id: string;
  secret: string;
}

function basicOf(header: string | string[] | undefined): OAuthClient | undefined {
  const encoded = /^basic +([\w+/=-]+)$/i.exec(String(header ?? ''))?.[1];
  if (encoded === undefined) return undefined;
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return colon < 0 ? undefined : { id: pair.slice(0, colon), secret: pair.slice(colon + 1) };
}

function formClient(form: URLSearchParams): OAuthClient | undefined {
  const [id, secret] = [form.get('client_id'), form.get('client_secret')];
  return id === null || secret === null ? undefined : { id, secret };
}

/** Undefined where it is refused; that too many try is nobody's wrong secret, and said as such. */
async function tokenFor(service: IdentityContext, { id, secret }: OAuthClient, address: string) {
  if (id.includes('\0') || secret.includes('\0') || secret.length > 4096) return undefined;
  try {
    const outcome = await logIn(service, {
      applicationCredential: { id, secret },
      address,
      scope: { kind: 'default' },
    });
    return 'secret' in outcome ? outcome : undefined;
  } catch (error) {
    if (error instanceof ApiError && error.kind === 'unauthorized') return undefined;
    throw error;
  }
}

function unauthorized(service: IdentityContext): Reply {
  const login = { 'www-authenticate': `Keystone uri="${identityUrl(service.catalog())}"` };
  return refusal(401, 'invalid_client', 'Client authentication failed.', login);
}

function refusal(status: number, error: string, reason: string, headers = {}): Reply {
  return new Reply({ error, error_description: reason }, { status, headers });
}
