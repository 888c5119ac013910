import type { Endpoint } from '#endpoints/endpoint.ts';
import type { Surface } from '#endpoints/surface.ts';
import { rightsOfRoles } from '#policy/actor.ts';
import { cloudServerCalls, type DeclaredCall, volumeActions } from '#policy/declared-actions.ts';
import { isTagged, kindsOf, type ResourceType, resourceTypes } from '#policy/resource-types.ts';
import { resourceName } from '#policy/resources.ts';
import { honoursEnterpriseProjects } from '#policy/scopes.ts';
import type { ScopeKind } from '#policy/system-policies.ts';
import { typesNamedIn } from '../things-named.ts';
import { policySources, sourceOf } from './policy-sources.ts';

const roles = ['reader', 'member', 'manager', 'admin'] as const;

/** Who the columns are about: roles on a project and, where that differs, on a domain. */
const columns: readonly { title: string; role: string; scope: ScopeKind }[] = [
  ...roles.map((role) => ({ title: role, role, scope: 'project' as const })),
  ...['reader', 'manager', 'admin'].map((role) => ({
    title: `${role} of a domain`,
    role,
    scope: 'domain' as const,
  })),
];
const titles = columns.map(({ title }) => title).join(' | ');
const head =
  `| endpoint | required actions | source | names | ${titles} |\n` +
  `|---|---|---|---|${columns.map(() => '---|').join('')}`;

/** Which endpoint requires which actions, who says so, and which role has them, as Markdown. */
export function policyMatrix(surfaces: readonly Surface<unknown>[]): string {
  const sections = surfaces.map((surface) => {
    const rows = surface.endpoints.map((endpoint) => matrixRow(surface.name, endpoint));
    const title = `## ${surface.name} (${surface.prefixes.join(', ')})`;
    return `${title}\n\n${head}\n${rows.join('\n')}\n`;
  });
  return [intro(), ...sections, declaredSection()].join('\n');
}

function intro(): string {
  const sources = Object.entries(policySources).map(([name, title]) => `- ${name}: ${title}`);
  const types = resourceTypes.map(typeRow);
  return (
    '# Policy matrix\n\nPrinted from the endpoint declarations by `npm run docs`. Every listed ' +
    'action is needed. What another\nproject owns is 404 whatever the role. ' +
    'The source says which published table lists the actions; where none\ndoes, they follow the ' +
    `same grammar.\n\n${sources.join('\n')}\n\n` +
    '`Resource` and the condition key `g:ResourceTag/<key>` count for every call that names ' +
    'something of these types, in its path\nor its body, see ' +
    '[the decision](decisions/0023-rights-to-single-things.md):\n\n' +
    `| name | tags | actions about it |\n|---|---|---|\n${types.join('\n')}\n\n` +
    'Tags are written `key=value` (or `key.value`). Lists and creations are about all of a kind: ' +
    'only statements about `*` or\n`instance:*` speak of them. The published tables know this ' +
    'for native ECS calls alone.\n'
  );
}

function typeRow(type: ResourceType): string {
  const name = resourceName(type, '<account>', type === 'keypair' ? '<name>' : '<id>');
  const actions = kindsOf(type).map((kind) => `\`${kind}:*\``);
  return `| \`${name}\` | ${isTagged(type) ? 'yes' : 'no'} | ${actions.join(', ')} |`;
}

function matrixRow(surface: string, endpoint: Endpoint<unknown>): string {
  const action = endpoint.action ? ` \`${endpoint.action}\`` : '';
  const name = `${endpoint.method} ${endpoint.path || '/'}${action}`;
  const source = sourceOf(surface, endpoint);
  const all = columns.map(() => 'yes').join(' | ');
  if (endpoint.public) return `| ${name} | none, no token | ${source} | | ${all} |`;
  const cells = columns.map(({ role, scope }) =>
    roleMay(role, endpoint.requires, scope) ? 'yes' : 'no',
  );
  const needed = actionsText(endpoint.requires) || 'any token';
  const names = [...new Set(typesNamedIn(endpoint))].join(', ');
  return `| ${name} | ${needed} | ${source} | ${names} | ${cells.join(' | ')} |`;
}

function actionsText(actions: readonly string[]): string {
  return actions.map((required) => `\`${required}\``).join(', ');
}

/** What the tables list and is not served yet, with where a grant of it counts. */
function declaredSection(): string {
  const row = (source: string) => (call: DeclaredCall) => {
    const action = call.action ? ` \`${call.action}\`` : '';
    const name = `${call.method} ${call.path}${action}`;
    const isHonoured = call.requires.every(honoursEnterpriseProjects);
    const scope = isHonoured ? 'project, enterprise project' : 'project';
    return `| ${name} | ${actionsText(call.requires)} | ${source} | ${scope} |`;
  };
  const rows = [...cloudServerCalls.map(row('S2')), ...volumeActions.map(row('S3'))];
  return (
    '## Declared, not served yet\n\n| call | required actions | source | where a grant counts |\n' +
    `|---|---|---|---|\n${rows.join('\n')}\n`
  );
}

export function roleMay(
  role: string,
  actions: readonly string[],
  scope: ScopeKind = 'project',
): boolean {
  const rights = rightsOfRoles(impliedRoles(role), scope);
  return actions.every((action) => rights.allows(action));
}

/** A role with those that it implies. */
function impliedRoles(role: string): readonly string[] {
  const at = (roles as readonly string[]).indexOf(role);
  return at < 0 ? [role] : roles.slice(0, at + 1);
}
