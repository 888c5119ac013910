import type { Endpoint } from '#endpoints/endpoint.ts';
import type { Surface } from '#endpoints/surface.ts';
import { systemActor } from '#policy/actor.ts';
import { mayPerform } from '#policy/engine.ts';

const roles = ['reader', 'member', 'admin'] as const;

/** Which endpoint requires which actions and which built-in role has them, as Markdown. */
export function policyMatrix(surfaces: readonly Surface<unknown>[]): string {
  const sections = surfaces.map((surface) => {
    const rows = surface.endpoints.map((endpoint) => matrixRow(endpoint));
    const head = '| endpoint | required actions | reader | member | admin |\n|---|---|---|---|---|';
    return `## ${surface.name} (${surface.prefixes.join(', ')})\n\n${head}\n${rows.join('\n')}\n`;
  });
  const intro =
    '# Policy matrix\n\nPrinted from the endpoint declarations by `npm run docs`. Every listed ' +
    'action is needed. What another\nproject owns is 404 whatever the role.\n\n';
  return intro + sections.join('\n');
}

function matrixRow(endpoint: Endpoint<unknown>): string {
  const action = endpoint.action ? ` \`${endpoint.action}\`` : '';
  const name = `${endpoint.method} ${endpoint.path || '/'}${action}`;
  if (endpoint.public) return `| ${name} | none, no token | yes | yes | yes |`;
  const needed = endpoint.requires.map((required) => `\`${required}\``).join(', ');
  const cells = roles.map((role) => (roleMay(role, endpoint.requires) ? 'yes' : 'no'));
  return `| ${name} | ${needed || 'any token'} | ${cells.join(' | ')} |`;
}

export function roleMay(role: string, actions: readonly string[]): boolean {
  const actor = { ...systemActor('p'), roles: [role] };
  return actions.every((action) => mayPerform(actor, action));
}
