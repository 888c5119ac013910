import { createHash, createHmac } from 'node:crypto';
import { request } from 'node:http';
import type { Answered, Client } from './client.ts';

type SignedAnswer = Pick<Answered, 'status' | 'body'>;

/** A key as its holder keeps it. */
export interface HeldKey {
  access: string;
  secret: string;
  /** Of temporary keys. */
  securityToken?: string;
}

export interface ToSign {
  method: string;
  /** Path and query as they go over the wire. */
  url: string;
  /** All of them are signed; names in lower case. */
  headers: Record<string, string>;
  body?: string | Uint8Array;
}

const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export const escapeOnce = (text: string) =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => {
    return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
  });

/**
 * What Huawei's signing guide says, written down a second time: the header `authorization`.
 * @param canonicalPath where it is not what comes of escaping the path as sent
 */
export function signatureHeader(key: HeldKey, request: ToSign, canonicalPath?: string): string {
  const [path = '', query = ''] = request.url.split(/\?(.*)/s);
  const uri = canonicalPath ?? path.split('/').map(escapeOnce).join('/');
  const pairs = [...new URLSearchParams(query)].map(([name, value]) => [name, value] as const);
  const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
  const sorted = pairs.sort(([an, av], [bn, bv]) => byBytes(an, bn) || byBytes(av, bv));
  const names = Object.keys(request.headers).sort();
  const unsigned = request.headers['x-sdk-content-sha256'];
  const canonical = [
    request.method,
    uri.endsWith('/') ? uri : `${uri}/`,
    sorted.map(([name, value]) => `${escapeOnce(name)}=${escapeOnce(value)}`).join('&'),
    names.map((name) => `${name}:${request.headers[name]?.trim()}\n`).join(''),
    names.join(';'),
    unsigned ?? sha256(request.body ?? ''),
  ].join('\n');
  const text = `SDK-HMAC-SHA256\n${request.headers['x-sdk-date']}\n${sha256(canonical)}`;
  const signature = createHmac('sha256', key.secret).update(text).digest('hex');
  const signedHeaders = names.join(';');
  return (
    `SDK-HMAC-SHA256 Access=${key.access}, SignedHeaders=${signedHeaders}, ` +
    `Signature=${signature}`
  );
}

/** `20191115T033655Z`. */
export function signingDate(ms: number): string {
  return new Date(ms).toISOString().replaceAll(/[-:]|\.\d+/g, '');
}

export interface SignedAsk {
  headers?: Record<string, string>;
  body?: unknown;
  /** When the client's clock says it is. */
  atMs?: number;
  /** What becomes of the request on its way. */
  onItsWay?: (request: ToSign) => ToSign;
}

/** Asks as a program with a key does. */
export async function askSigned(
  base: string,
  key: HeldKey,
  method: string,
  url: string,
  ask: SignedAsk = {},
): Promise<SignedAnswer> {
  const { host } = new URL(base);
  const { body } = ask;
  const isJson = body !== undefined && !(body instanceof Uint8Array);
  const headers = {
    'content-type': 'application/json',
    host,
    'x-sdk-date': signingDate(ask.atMs ?? Date.now()),
    ...(key.securityToken !== undefined && { 'x-security-token': key.securityToken }),
    ...ask.headers,
  };
  const bytes = isJson ? JSON.stringify(body) : (body as Uint8Array | undefined);
  const toSign = { method, url, headers, ...(bytes !== undefined && { body: bytes }) };
  const authorization = signatureHeader(key, toSign);
  const signed = { ...toSign, headers: { ...headers, authorization } };
  return send(base, ask.onItsWay?.(signed) ?? signed);
}

/** Not by fetch, which sends no body with a GET. */
function send(base: string, { method, url, headers, body }: ToSign) {
  return new Promise<SignedAnswer>((resolve, reject) => {
    const { hostname, port } = new URL(base);
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const options = { hostname, port, method, path: url, headers: { ...headers, ...length } };
    const asked = request({ ...options, agent: false }, (answer) => {
      const chunks: Uint8Array[] = [];
      answer.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const isJson = answer.headers['content-type']?.includes('json') && text !== '';
        resolve({ status: answer.statusCode ?? 0, body: isJson ? JSON.parse(text) : text });
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/** A new key of the client's own user. */
export async function newKey(client: Client): Promise<HeldKey> {
  const asked = { credential: { user_id: client.userId } };
  const made = await client.post('/v3.0/OS-CREDENTIAL/credentials', asked);
  if (made.status !== 201) throw new Error(`a new key: ${JSON.stringify(made.body)}`);
  const { access, secret } = made.body.credential;
  return { access, secret };
}

/** How a temporary key is asked for. */
export interface TemporaryAsk {
  seconds?: number | string;
  policy?: unknown;
}

export function temporaryKeyBody({ seconds, policy }: TemporaryAsk = {}): object {
  const token = seconds === undefined ? {} : { token: { duration_seconds: seconds } };
  const limit = policy === undefined ? {} : { policy };
  return { auth: { identity: { methods: ['token'], ...token, ...limit } } };
}

export const securityTokensPath = '/v3.0/OS-CREDENTIAL/securitytokens';

/** A temporary key from the client's token. */
export async function temporaryKey(client: Client, ask?: TemporaryAsk): Promise<HeldKey> {
  return heldKey(await client.post(securityTokensPath, temporaryKeyBody(ask)));
}

export function heldKey({ status, body }: SignedAnswer): HeldKey {
  if (status !== 201) throw new Error(`a temporary key: ${JSON.stringify(body)}`);
  const { access, secret, securitytoken: securityToken } = body.credential;
  return { access, secret, securityToken };
}
