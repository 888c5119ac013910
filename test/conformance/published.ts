import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  compareMicroversions,
  type Microversion,
  parseMicroversion,
  withinRange,
} from '#base/microversion.ts';

/** What the published OpenAPI document says of one operation; see `condense-openapi.ts`. */
export interface Published {
  min?: string;
  max?: string;
  statuses: readonly number[];
  query: readonly string[];
  bodies: readonly { min?: string; max?: string; members: readonly string[] }[];
  answers: readonly (readonly string[])[];
}

export function readPublished(): Map<string, Published> {
  const path = join(import.meta.dirname, 'openapi.jsonl');
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  return new Map(lines.map((line) => JSON.parse(line)));
}

/** `GET /servers/{}`: names of parameters do not matter. */
export function publishedName({ method, path }: { method: string; path: string }): string {
  return `${method} ${path.replaceAll(/\{\w+\}/g, '{}') || '/'}`;
}

export function isPublishedAt({ min, max }: Published, version: Microversion): boolean {
  return withinRange(version, { since: min, until: max });
}

/** Members that exist in a version, of `server.tags@2.26-`. */
export function membersAt(members: readonly string[], version: Microversion): Set<string> {
  const found = new Set<string>();
  for (const member of members) {
    const [, name = '', since, until] = /^(.*?)(?:@(2\.\d+)?-(2\.\d+)?)?$/s.exec(member) ?? [];
    if (withinRange(version, { since, until })) found.add(name);
  }
  return found;
}

/** The members of one part in a version; undefined where the document does not say. */
export function publishedMembers(
  published: Published,
  part: 'query' | 'body' | 'answer',
  version: Microversion,
  action: string | undefined,
): Set<string> | undefined {
  if (part === 'query') return membersAt(published.query, version);
  const alternatives =
    part === 'answer'
      ? published.answers
      : published.bodies
          .filter(({ min, max }) => withinRange(version, { since: min, until: max }))
          .map(({ members }) => members);
  const meant = alternatives.filter((members) => {
    return action === undefined || members.some((member) => member.split('@')[0] === action);
  });
  if (action !== undefined && part === 'answer') return undefined;
  if (meant.every((members) => members.length === 0)) return undefined;
  return new Set(meant.flatMap((members) => [...membersAt(members, version)]));
}

/** Versions after which something changes. */
export function publishedBoundaries(published: Published): Microversion[] {
  const found = new Map<string, Microversion>();
  for (const [text] of JSON.stringify(published).matchAll(/2\.\d+/g)) {
    const version = parseMicroversion(text);
    if (!version) continue;
    for (const minor of [version.minor, version.minor + 1]) {
      if (minor >= 1) found.set(`2.${minor}`, { major: 2, minor });
    }
  }
  return [...found.values()].sort(compareMicroversions);
}
