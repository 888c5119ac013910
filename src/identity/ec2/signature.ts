import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** A request that somebody signed by an EC2 key, as whoever received it describes it. */
export interface SignedRequest {
  verb: string;
  host: string;
  path: string;
  params: Readonly<Record<string, string>>;
  headers: Readonly<Record<string, string>>;
  /** SHA-256 of its body in hexadecimal. */
  bodyHash: string;
  signature: string;
}

const algorithm = 'AWS4-HMAC-SHA256';

/**
 * Whether the signature is of this secret: version 4, or 2 with SHA-256. Older versions sign too
 * little. Some clients sign the host without its port.
 */
export function isSignedBy(secret: string, request: SignedRequest): boolean {
  const bare = request.host.replace(/:\d+$/, '');
  return [...new Set([request.host, bare])].some((host) => {
    const expected = signatureOf(secret, { ...request, host });
    return expected !== undefined && areEqual(expected, request.signature);
  });
}

/** When it was signed, as the signature covers it; undefined where it does not say. */
export function signedAt(request: SignedRequest): string | undefined {
  return request.params.SignatureVersion === '2' ? request.params.Timestamp : dateOf(request);
}

function dateOf({ headers, params }: SignedRequest): string | undefined {
  return headerOf(headers, 'x-amz-date') ?? params['X-Amz-Date'];
}

function signatureOf(secret: string, request: SignedRequest): string | undefined {
  if (request.params.SignatureVersion === '2') return signatureOf2(secret, request);
  return signatureOf4(secret, request);
}

function signatureOf2(secret: string, { verb, host, path, params }: SignedRequest): string {
  const signed = { ...params, SignatureMethod: 'HmacSHA256' };
  const text = [verb, host, path, canonicalQuery(signed)].join('\n');
  return createHmac('sha256', secret).update(text).digest('base64');
}

function signatureOf4(secret: string, request: SignedRequest): string | undefined {
  const { verb, path, params, bodyHash } = request;
  const names = authPart(request, 'SignedHeaders');
  const credential = authPart(request, 'Credential');
  const date = dateOf(request);
  const [, day, region, service, end, ...more] = credential?.split('/') ?? [];
  if (!names || !day || !region || !service || end !== 'aws4_request' || more.length) return;
  if (!date?.startsWith(day)) return undefined;
  const query = verb.toUpperCase() === 'POST' ? '' : canonicalQuery(unsigned(params));
  const lines = canonicalHeaders(request, names.split(';'));
  const canonical = [verb.toUpperCase(), path, query, `${lines}\n`, names, bodyHash].join('\n');
  const scope = [day, region, service, end].join('/');
  const text = [algorithm, date, scope, sha256(canonical)].join('\n');
  let key: string | Buffer = `AWS4${secret}`;
  for (const part of [day, region, service, end]) key = hmac(key, part);
  return hmac(key, text).toString('hex');
}

/** A query cannot sign the signature that stands in it. */
function unsigned(params: Readonly<Record<string, string>>): Record<string, string> {
  const { 'X-Amz-Signature': _, ...rest } = params;
  return rest;
}

function canonicalHeaders({ headers, host }: SignedRequest, names: readonly string[]): string {
  const lines = names.flatMap((name) => {
    const value = name === 'host' ? host : headerOf(headers, name);
    return value === undefined ? [] : [`${name}:${value.trim()}`];
  });
  return lines.join('\n');
}

/** From the header, or from the query where the request is signed in that. */
function authPart({ headers, params }: SignedRequest, name: string): string | undefined {
  const header = headerOf(headers, 'authorization');
  if (header === undefined) {
    return params['X-Amz-Algorithm'] === algorithm ? params[`X-Amz-${name}`] : undefined;
  }
  if (!header.startsWith(algorithm)) return undefined;
  return header.split(`${name}=`)[1]?.split(',')[0];
}

function headerOf(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase().trim() === name)?.[1];
}

function canonicalQuery(params: Readonly<Record<string, string>>): string {
  return Object.entries(params)
    .map(([name, value]) => [quote(name), quote(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : Number(a > b)))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** Everything but letters, digits and `-_.~`, of well-formed text or not. */
function quote(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function areEqual(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
