import type { TSchema } from 'typebox';
import {
  compareMicroversions,
  type Microversion,
  parseMicroversion,
  withinRange,
} from '#base/microversion.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import type { Surface, Versioning } from '#endpoints/surface.ts';
import { membersOf } from './members.ts';

/** All declarations of one method, path and action: one for each range of versions. */
export interface Declared {
  method: string;
  path: string;
  action: string | undefined;
  declarations: readonly Endpoint<unknown>[];
}

/** What one microversion changed about one endpoint, as its declarations have it. */
export interface Change {
  version: Microversion;
  /** Short phrases: `served`, `gone`, `status 201`, `body: + server.tags`. */
  says: string[];
}

export function declaredEndpoints(surface: Surface<unknown>): Declared[] {
  const byName = Map.groupBy(surface.endpoints, ({ method, path, action }) =>
    [method, path, action].join(' '),
  );
  return [...byName.values()].flatMap((declarations) => {
    const [first] = declarations;
    return first
      ? [{ method: first.method, path: first.path, action: first.action, declarations }]
      : [];
  });
}

export function declaredName({ method, path, action }: Omit<Declared, 'declarations'>): string {
  return `${method} ${path || '/'}${action ? ` ${action}` : ''}`;
}

/** Every change from the first version to the last, oldest first; found, not written down. */
export function changesOf(declared: Declared, versioning: Versioning): Change[] {
  let before = stateAt(declared, versioning.minimum);
  const changes: Change[] = [];
  for (const version of boundaries(declared, versioning)) {
    const after = stateAt(declared, version);
    const says = difference(before, after);
    if (says.length > 0) changes.push({ version, says });
    before = after;
  }
  return changes;
}

/** The declaration that answers in a version. */
export function declarationAt(
  { declarations }: Declared,
  version: Microversion,
): Endpoint<unknown> | undefined {
  return declarations.find((declaration) => withinRange(version, declaration));
}

/** The versions named anywhere in the declarations, except the first of all. */
function boundaries(declared: Declared, versioning: Versioning): Microversion[] {
  const written = JSON.stringify(
    declared.declarations.map(({ since, until, query, body, response }) => {
      return { since, until, query, body, response };
    }),
  );
  const found = new Set<string>();
  for (const [, end, text] of written.matchAll(/"(since|until)":"(\d+\.\d+)"/g)) {
    const version = parseMicroversion(text ?? '');
    if (!version) continue;
    found.add(`${version.major}.${version.minor + (end === 'until' ? 1 : 0)}`);
  }
  return [...found]
    .flatMap((text) => parseMicroversion(text) ?? [])
    .filter((version) => compareMicroversions(version, versioning.minimum) > 0)
    .filter((version) => compareMicroversions(version, versioning.maximum) <= 0)
    .sort(compareMicroversions);
}

interface State {
  status: number;
  parts: Record<'query' | 'body' | 'answer', Map<string, string>>;
}

function stateAt(declared: Declared, version: Microversion): State | undefined {
  const endpoint = declarationAt(declared, version);
  if (!endpoint) return undefined;
  const members = (schema: TSchema | undefined) =>
    schema ? membersOf(schema, version) : new Map<string, string>();
  return {
    status: endpoint.status,
    parts: {
      query: members(endpoint.query),
      body: members(endpoint.body),
      answer: members(endpoint.response),
    },
  };
}

function difference(before: State | undefined, after: State | undefined): string[] {
  if (!before && !after) return [];
  if (!before) return ['served'];
  if (!after) return ['gone'];
  const status = before.status === after.status ? [] : [`status ${after.status}`];
  const parts = (['query', 'body', 'answer'] as const).flatMap((part) => {
    const moved = movedMembers(before.parts[part], after.parts[part]);
    return moved.length > 0 ? [`${part}: ${moved.join(', ')}`] : [];
  });
  return [...status, ...parts];
}

function movedMembers(before: Map<string, string>, after: Map<string, string>): string[] {
  const added = [...after.keys()].filter((name) => !before.has(name));
  const removed = [...before.keys()].filter((name) => !after.has(name));
  const changed = [...after].filter(([name, facts]) => {
    return before.has(name) && before.get(name) !== facts;
  });
  return [
    ...outermost(added).map((name) => `+ ${name}`),
    ...outermost(removed).map((name) => `− ${name}`),
    ...changed.map(([name]) => `~ ${name}`),
  ];
}

/** What is inside of something new is not news. */
function outermost(names: readonly string[]): string[] {
  return names.filter((name) => !names.some((other) => isInside(name, other)));
}

function isInside(name: string, other: string): boolean {
  return name.startsWith(`${other}.`) || name.startsWith(`${other}[`);
}
