import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatMicroversion, type Microversion, parseMicroversion } from '#base/microversion.ts';
import {
  changesOf,
  type Declared,
  declarationAt,
  declaredEndpoints,
  declaredName,
} from '#endpoints/documents/changes.ts';
import { membersOf, nothingElse } from '#endpoints/documents/members.ts';
import { explainedDifferences } from './openapi-differences.ts';
import {
  isPublishedAt,
  type Published,
  publishedBoundaries,
  publishedMembers,
  publishedName,
  readPublished,
} from './published.ts';
import { versionedSurface } from './surface.ts';

/** The last version that the published document knows. */
const last: Microversion = { major: 2, minor: 96 };

const { surface, versioning } = versionedSurface();
const published = readPublished();

describe('declarations and the published OpenAPI document of Nova', () => {
  const found = declaredEndpoints(surface).flatMap(differencesOf);

  test('agree in every version up to 2.96, except where it is explained', () => {
    const unknown = found.filter((line) => !explainedDifferences.some(({ is }) => is.test(line)));
    assert.deepEqual(unknown, []);
  });

  test('differ still in all that is explained', () => {
    const mended = explainedDifferences.filter(({ is }) => !found.some((line) => is.test(line)));
    assert.deepEqual(mended, []);
  });
});

function differencesOf(declared: Declared): string[] {
  if (declared.declarations.every(({ status }) => status === 410)) return [];
  const name = declaredName(declared);
  const told = published.get(publishedName(declared));
  if (!told) return [`${name}: not published`];
  const versionsOf = new Map<string, string[]>();
  for (const version of versionsToTry(declared, told)) {
    for (const line of differencesAt(declared, told, version)) {
      const versions = versionsOf.get(line) ?? [];
      versionsOf.set(line, [...versions, formatMicroversion(version)]);
    }
  }
  return [...versionsOf].map(([line, versions]) => {
    return `${name}: ${line} (${versions[0]} to ${versions.at(-1)})`;
  });
}

function versionsToTry(declared: Declared, told: Published): Microversion[] {
  const changed = changesOf(declared, versioning).map(({ version }) => version);
  const texts = [versioning.minimum, ...changed, ...publishedBoundaries(told), last]
    .filter(({ minor }) => minor <= last.minor)
    .sort((a, b) => a.minor - b.minor)
    .map(formatMicroversion);
  return [...new Set(texts)].flatMap((text) => parseMicroversion(text) ?? []);
}

function differencesAt(declared: Declared, told: Published, version: Microversion): string[] {
  const endpoint = declarationAt(declared, version);
  const isPublished = isPublishedAt(told, version);
  // Which actions share a path is not told by version.
  if (!endpoint) return isPublished && declared.action === undefined ? ['not served'] : [];
  if (!isPublished) return ['served'];
  const status = told.statuses.includes(endpoint.status) ? [] : [`status ${endpoint.status}`];
  const parts = [
    ['query', endpoint.query],
    ['body', endpoint.body],
    ['answer', endpoint.response],
  ] as const;
  const members = parts.flatMap(([part, schema]) => {
    const theirs = publishedMembers(told, part, version, declared.action);
    if (!schema || !theirs || theirs.size === 0) return [];
    const ours = [...membersOf(schema, version).keys()].filter(isName);
    const missing = [...theirs].filter((name) => !ours.includes(name));
    const more = ours.filter((name) => !theirs.has(name) && !isBelow(name, theirs));
    return [
      ...missing.map((name) => `${part} lacks ${name}`),
      ...more.map((name) => `${part} has ${name}`),
    ];
  });
  return [...status, ...members];
}

/** What stands for any name, and for refusing others, has no counterpart there. */
function isName(name: string): boolean {
  return !name.includes('*') && !name.endsWith(nothingElse) && !/\[\]$/.test(name);
}

/** Where the document stops at an object, it says nothing of what is inside. */
function isBelow(name: string, theirs: Set<string>): boolean {
  const above = name.replace(/(\[\])?\.[^.]*$/, '');
  if (above === name || !theirs.has(above)) return above !== name && isBelow(above, theirs);
  return ![...theirs].some(
    (other) => other.startsWith(`${above}.`) || other.startsWith(`${above}[`),
  );
}
