import type { TSchema } from 'typebox';

type Member = { type?: unknown; anyOf?: readonly Member[]; 'x-once'?: boolean };

/**
 * Parameters that are mentioned more than once and are not lists, each with its mentions but the
 * last. What is declared `x-once` is left as it is, and so refused.
 */
export function earlierMentions(
  schema: TSchema,
  query: Record<string, unknown>,
): [name: string, earlier: unknown[]][] {
  const { properties = {} } = schema as { properties?: Record<string, Member> };
  return Object.entries(query).flatMap(([name, value]) => {
    if (!Array.isArray(value) || !Object.hasOwn(properties, name)) return [];
    const member = properties[name];
    if (!member || member['x-once'] || takesLists(member)) return [];
    return [[name, value.slice(0, -1)] as [string, unknown[]]];
  });
}

function takesLists(member: Member): boolean {
  return member.type === 'array' || (member.anyOf ?? []).some(takesLists);
}

/**
 * Reads a query as Nova does: every mention of a parameter must be valid, and the last one counts.
 * The others are taken out of `query`.
 * @param refuse throws for a query that breaks the schema
 */
export function keepLastMentions(
  schema: TSchema,
  query: Record<string, unknown>,
  refuse: (query: Record<string, unknown>) => void,
): void {
  const repeated = earlierMentions(schema, query);
  for (const [name] of repeated) query[name] = (query[name] as unknown[]).at(-1);
  for (const [name, earlier] of repeated) {
    for (const mention of earlier) refuse({ ...query, [name]: mention });
  }
}
