import { hash } from 'node:crypto';
import type { Headers } from './authorization.ts';

/** A request as it stood on the wire: nothing of it decoded or put right. */
export interface SignedRequest {
  method: string;
  /** Path and query as sent. */
  url: string;
  headers: Headers;
}

/** SHA-256 of nothing, which stands for the body of a request without one. */
export const emptyBodyHash = hash('sha256', '', 'hex');

/**
 * The forms of a request over which its signature may have been made; more than one only where its
 * path has escapes. Clients do not agree on these: Huawei's Node SDK escapes the path as it goes
 * over the wire, escapes and all; its Go SDK escapes the path that those stand for.
 * @returns undefined when a header is named as signed that the request does not have
 */
export function canonicalRequests(
  request: SignedRequest,
  signedHeaders: readonly string[],
  bodyHash: string,
): string[] | undefined {
  const headers = canonicalHeaders(request.headers, signedHeaders);
  if (headers === undefined) return undefined;
  const mark = request.url.indexOf('?');
  const path = mark < 0 ? request.url : request.url.slice(0, mark);
  const query = canonicalQuery(mark < 0 ? '' : request.url.slice(mark + 1));
  const names = signedHeaders.join(';');
  return canonicalPaths(path).map((uri) =>
    [request.method, uri, query, headers, names, bodyHash].join('\n'),
  );
}

function canonicalPaths(path: string): string[] {
  const asSent = withSlash(path.split('/').map(escapeBytes).join('/'));
  if (!path.includes('%')) return [asSent];
  const decoded = path.split('/').map((segment) => escapeBytes(unescapeBytes(segment)));
  return [asSent, withSlash(decoded.join('/'))];
}

function withSlash(path: string): string {
  return path.endsWith('/') ? path : `${path}/`;
}

/** A plus stands for a blank, as it does for those who answer the request. */
function canonicalQuery(query: string): string {
  if (query === '') return '';
  const pairs = query
    .split('&')
    .filter((piece) => piece !== '')
    .map((piece) => {
      const equals = piece.indexOf('=');
      const [name, value] =
        equals < 0 ? [piece, ''] : [piece.slice(0, equals), piece.slice(equals + 1)];
      return [readQuery(name), readQuery(value)] as const;
    });
  pairs.sort(
    ([aName, aValue], [bName, bValue]) => compare(aName, bName) || compare(aValue, bValue),
  );
  return pairs.map(([name, value]) => `${escapeBytes(name)}=${escapeBytes(value)}`).join('&');
}

function readQuery(text: string): string {
  return unescapeBytes(text.replaceAll('+', ' '));
}

/** By bytes of UTF-8, which is the order of code points. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function canonicalHeaders(headers: Headers, names: readonly string[]): string | undefined {
  let lines = '';
  for (const name of names) {
    const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
    if (value === undefined) return undefined;
    lines += `${name}:${String(value).trim()}\n`;
  }
  return lines;
}

/** Texts here hold one byte in each character, as those of the request line and headers do. */
function escapeBytes(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9._~-]/g, (character) => {
    const code = character.charCodeAt(0) & 0xff;
    return `%${code.toString(16).toUpperCase().padStart(2, '0')}`;
  });
}

/** A percent sign that begins no escape stands for itself. */
function unescapeBytes(text: string): string {
  if (!text.includes('%')) return text;
  return text.replaceAll(/%([0-9A-Fa-f]{2})/g, (_escape, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}
