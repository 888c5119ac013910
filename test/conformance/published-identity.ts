import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the published OpenAPI document says of one call; see `condense-identity.ts`. */
export interface PublishedCall {
  statuses: readonly number[];
  query: readonly string[];
  /** JSON schemas; absent where the document has none. */
  body?: object;
  answer?: object;
}

/** By `GET /projects/{}`: names of parameters do not matter. */
export function readPublishedIdentity(): Map<string, PublishedCall> {
  const path = join(import.meta.dirname, 'identity-openapi.jsonl');
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  return new Map(lines.map((line) => JSON.parse(line)));
}

export function callName({ method, path }: { method: string; path: string }): string {
  return `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`;
}

interface Schema {
  properties?: Record<string, Schema>;
  items?: Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
}

/** `project.tags`, `limits[].region_id`, as far down as the schema says. */
export function memberNames(schema: object | undefined, path = '', depth = 0): string[] {
  if (!schema || depth > 8) return [];
  const { properties = {}, items, oneOf = [], anyOf = [] } = schema as Schema;
  const own = Object.entries(properties).flatMap(([name, member]) => [
    path + name,
    ...memberNames(member, `${path}${name}.`, depth + 1),
  ]);
  const inside = memberNames(items, `${path.replace(/\.$/, '')}[].`, depth + 1);
  const choices = [...oneOf, ...anyOf].flatMap((one) => memberNames(one, path, depth + 1));
  return [...new Set([...own, ...inside, ...choices])];
}
