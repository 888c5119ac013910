import { statusOfKind } from '#base/errors.ts';
import type { Surface } from '#endpoints/surface.ts';

/** Every refusal that an endpoint declares, as Markdown. */
export function errorList(surfaces: readonly Surface<unknown>[]): string {
  const rows = new Map<string, { kind: keyof typeof statusOfKind; where: Set<string> }>();
  for (const surface of surfaces) {
    for (const endpoint of surface.endpoints) {
      for (const { code, kind } of endpoint.errors ?? []) {
        const row = rows.get(code) ?? { kind, where: new Set() };
        row.where.add(`${endpoint.method} ${endpoint.path || '/'}`);
        rows.set(code, row);
      }
    }
  }
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = sorted.map(([code, { kind, where }]) => {
    return `| \`${code}\` | ${statusOfKind[kind]} ${kind} | ${[...where].sort().join('<br>')} |`;
  });
  return (
    '# Errors\n\nPrinted from the endpoint declarations by `npm run docs`: refusals beyond those ' +
    'that every endpoint has\n(400 malformed, 401 no token, 403 not granted, 404 unknown, 405, ' +
    '406, 413, 415).\n\n| code | status and kind | endpoints |\n|---|---|---|\n' +
    `${lines.join('\n')}\n`
  );
}
