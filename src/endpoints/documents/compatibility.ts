import { formatMicroversion, parseMicroversion, withinRange } from '#base/microversion.ts';
import type { Surface, Versioning } from '#endpoints/surface.ts';
import {
  type Change,
  changesOf,
  type Declared,
  declaredEndpoints,
  declaredName,
} from './changes.ts';

/** What each microversion of a service changed, told by the service. */
export interface VersionHistory {
  rows: readonly { version: string; change: string; touches: readonly string[] }[];
  isTouched(version: string, endpoint: Declared): boolean;
}

/** Which endpoint exists in which versions, and what each version changed, as Markdown. */
export function compatibilityTable(
  surfaces: readonly Surface<unknown>[],
  histories: Readonly<Record<string, VersionHistory>>,
): string {
  const sections = surfaces.map((surface) => {
    const history = histories[surface.name];
    const { versioning } = surface;
    if (!versioning || !history) return fixedSection(surface);
    return versionedSection(surface, versioning, history);
  });
  return (
    '# Compatibility\n\nPrinted from the endpoint declarations by `npm run docs`: what is ' +
    'served, in which versions, and what each\nversion changed. `+` is a member that came, ' +
    '`−` one that went, `~` one whose rules changed; `nothing else` means\nthat members that ' +
    `are not known are refused.\n\n${sections.join('\n')}`
  );
}

function fixedSection(surface: Surface<unknown>): string {
  const rows = declaredEndpoints(surface)
    .filter(({ declarations }) =>
      declarations.some((declaration) => withinRange(surface.fixedVersion, declaration)),
    )
    .map((declared) => `- ${declaredName(declared)}`);
  const fixed = formatMicroversion(surface.fixedVersion);
  return `## ${surface.name}: one version, ${fixed}\n\n${rows.join('\n')}\n`;
}

function versionedSection(
  surface: Surface<unknown>,
  versioning: Versioning,
  history: VersionHistory,
): string {
  const [minimum, maximum] = [versioning.minimum, versioning.maximum].map(formatMicroversion);
  const range = `${minimum} to ${maximum}`;
  const declared = declaredEndpoints(surface);
  const rows = history.rows.map(({ version, change, touches }) => {
    const named = touches.map((touch) => `\`${touch}\``).join('<br>');
    const isServed = declared.some((endpoint) => history.isTouched(version, endpoint));
    const later = touches.length > 0 && !isServed ? ' (not served yet)' : '';
    return `| ${version} | ${change}${later} | ${named} |`;
  });
  const endpoints = declared.map((endpoint) => endpointSection(endpoint, versioning, history));
  return (
    `## ${surface.name}: ${range}\n\n### Version by version\n\n| version | what changed | where ` +
    `|\n|---|---|---|\n${rows.join('\n')}\n\n### Endpoint by endpoint\n\n${endpoints.join('\n')}\n`
  );
}

function endpointSection(
  declared: Declared,
  versioning: Versioning,
  history: VersionHistory,
): string {
  const found = new Map<string, string>();
  for (const { version, says } of changesOf(declared, versioning)) {
    found.set(formatMicroversion(version), phrase(says));
  }
  for (const { version, change, touches } of history.rows) {
    if (found.has(version) || !isServed(declared, version)) continue;
    // What is said of everything at once is not repeated where nothing came of it.
    if (touches.includes('* /**')) continue;
    if (history.isTouched(version, declared)) found.set(version, change);
  }
  const minimum = formatMicroversion(versioning.minimum);
  const first = isServed(declared, minimum) ? `since ${minimum}` : 'not in the first version';
  const inOrder = [...found].sort(([a], [b]) => minorOf(a) - minorOf(b));
  const lines = inOrder.map(([version, text]) => `  - ${version}: ${text}`);
  return [`- **${declaredName(declared)}**: ${first}`, ...lines].join('\n');
}

function phrase(says: Change['says']): string {
  return says.map((text) => text.replaceAll('*', '\\*')).join('; ');
}

function isServed({ declarations }: Declared, version: string): boolean {
  const parsed = parseMicroversion(version);
  if (!parsed) return false;
  return declarations.some((declaration) => withinRange(parsed, declaration));
}

function minorOf(version: string): number {
  return parseMicroversion(version)?.minor ?? 0;
}
