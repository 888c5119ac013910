/**
 * The token in an address, as clients of Nova send it: as `token`, or inside `path` where a page's
 * own address was used for the socket. @returns undefined when there is none.
 */
export function tokenIn(query: URLSearchParams): string | undefined {
  const direct = query.get('token');
  if (direct) return direct;
  const [, inner = ''] = (query.get('path') ?? '').split(/\?(.*)/s);
  return new URLSearchParams(inner).get('token') || undefined;
}
