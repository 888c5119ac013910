/**
 * Whether the page that asks may hold a console: one of ours, by the name under which it reached
 * us or by the address that we tell people. Programs say no origin, and have the token anyway.
 */
export function originMayAsk(
  asked: { origin: string | undefined; host: string | undefined },
  ownBases: readonly string[],
): boolean {
  const { origin, host } = asked;
  if (origin === undefined) return true;
  // A sandboxed page or a file says `null`, and is nobody's.
  if (!URL.canParse(origin)) return false;
  const page = new URL(origin);
  if (page.protocol !== 'http:' && page.protocol !== 'https:') return false;
  return page.host === host || ownBases.some((base) => new URL(base).origin === page.origin);
}
