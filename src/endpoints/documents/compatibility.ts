import { formatMicroversion } from '#base/microversion.ts';
import type { Surface } from '#endpoints/surface.ts';

/** Which endpoint exists in which versions, as Markdown. */
export function compatibilityTable(surfaces: readonly Surface<unknown>[]): string {
  const sections = surfaces.map((surface) => {
    const { versioning } = surface;
    const range = versioning
      ? `${formatMicroversion(versioning.minimum)} to ${formatMicroversion(versioning.maximum)}`
      : 'one version';
    const rows = surface.endpoints.map((endpoint) => {
      const action = endpoint.action ? ` \`${endpoint.action}\`` : '';
      const since = endpoint.since ?? 'the first';
      const until = endpoint.until ?? 'the last';
      return `| ${endpoint.method} ${endpoint.path || '/'}${action} | ${since} | ${until} |`;
    });
    const head = '| endpoint | since | until |\n|---|---|---|';
    return `## ${surface.name}: ${range}\n\n${head}\n${rows.join('\n')}\n`;
  });
  return (
    '# Compatibility\n\nPrinted from the endpoint declarations by `npm run docs`: what is ' +
    `served, and in which versions.\n\n${sections.join('\n')}`
  );
}
