/** One kind of request that an application credential with rules may make. */
export interface AccessRule {
  /** Type of the service as the catalog has it: `compute`. */
  service: string;
  /** `GET`. */
  method: string;
  /** `/v2.1/servers/*`: `*` and `{name}` stand for one segment, `**` for anything. */
  path: string;
}

/** A request as rules see it: one address may be written in several ways. */
export interface RuledRequest {
  service: string;
  method: string;
  paths: readonly string[];
}

/** What lists no rule allows nothing; a token without a list is not asked. */
export function rulesAllow(rules: readonly AccessRule[], request: RuledRequest): boolean {
  return rules.some(
    (rule) =>
      rule.service === request.service &&
      rule.method === request.method &&
      request.paths.some((path) => pathMatches(rule.path, path)),
  );
}

/** One character, some of one segment (`segment`), or anything at all, nothing included. */
type Token = { kind: 'character'; character: string } | { kind: 'segment' } | { kind: 'anything' };

function tokensOf(pattern: string): Token[] {
  const parts = pattern.match(/\{[^}]*\}|\*\*|./gsu) ?? [];
  return parts.map((part) => {
    if (part === '**') return { kind: 'anything' };
    if (part === '*' || /^\{.*\}$/s.test(part)) return { kind: 'segment' };
    return { kind: 'character', character: part };
  });
}

/**
 * Walks the path once with all positions of the pattern that may have been reached: patterns come
 * from users, and a regular expression made of them could take forever.
 */
export function pathMatches(pattern: string, path: string): boolean {
  const tokens = tokensOf(pattern);
  let reached = withSkips(tokens, new Set([0]));
  for (const character of path) {
    const next = new Set<number>();
    for (const position of reached) {
      const token = tokens[position];
      if (token?.kind === 'anything') next.add(position);
      if (token?.kind === 'segment' && character !== '/') next.add(position).add(position + 1);
      if (token?.kind === 'character' && token.character === character) next.add(position + 1);
    }
    reached = withSkips(tokens, next);
    if (reached.size === 0) return false;
  }
  return reached.has(tokens.length);
}

/** `**` also stands for nothing, so whoever reaches it reaches what follows. */
function withSkips(tokens: readonly Token[], positions: Set<number>): Set<number> {
  // A set may grow while it is walked; every new member is visited once.
  for (const position of positions) {
    if (tokens[position]?.kind === 'anything') positions.add(position + 1);
  }
  return positions;
}
