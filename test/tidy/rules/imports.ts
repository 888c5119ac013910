import { posix } from 'node:path';
import { isExportDeclaration, isImportDeclaration, type Node } from 'typescript/unstable/ast';
import { isCallExpression, isStringLiteral } from 'typescript/unstable/ast/is';
import type { Offender, Source, Tree } from '../tree.ts';

const services = ['identity', 'image', 'volume', 'network', 'compute'];

/**
 * What each room of `src` may import. Services also get each other's `service.ts`, and everyone
 * the type file of each driver kind; `cloud.ts` and its room wire everything and may import all.
 */
const allowedRooms: Record<string, readonly string[]> = {
  base: ['base'],
  db: ['db', 'base'],
  policy: ['policy', 'base'],
  endpoints: ['endpoints', 'policy', 'base'],
  operations: ['operations', 'db', 'base'],
  scheduler: ['scheduler', 'db', 'base'],
  drivers: ['drivers', 'base'],
  agent: ['agent', 'drivers', 'base'],
  metadata: ['metadata', 'endpoints', 'base'],
  'remote-consoles': ['remote-consoles', 'endpoints', 'base'],
  audit: ['audit', 'endpoints', 'db', 'base'],
  cli: ['cli', 'cloud.ts', 'audit', 'db', 'base'],
  'main.ts': ['cli', 'base'],
};
const serviceRooms = [
  'db',
  'policy',
  'endpoints',
  'operations',
  'scheduler',
  'agent',
  'metadata',
  'base',
];

/** `drivers/network/network.ts` and its siblings say what a driver is, and nothing else. */
const driverTypeFile = /^src\/drivers\/([^/]+)\/\1\.ts$/;
const storeFile = /(^|[/-])store\.ts$/;

export interface Import {
  specifier: string;
  /** Path from the root for our own files, else undefined. */
  target: string | undefined;
  line: number;
}

/** Imports go one way; another service is reached through its `service.ts` only. */
export function importDirections(tree: Tree): Offender[] {
  return inSources(tree, ({ path }, { target, line }) => {
    if (!path.startsWith('src/') || !target?.startsWith('src/')) return undefined;
    const what = refusal(path, target);
    return what ? { path, line, what: `imports ${target}: ${what}` } : undefined;
  });
}

function refusal(path: string, target: string): string | undefined {
  const from = roomOf(path);
  const to = roomOf(target);
  if (from === 'cloud.ts' || from === 'cloud') return undefined;
  if (from === 'drivers') return driverRefusal(path, target, to);
  if (driverTypeFile.test(target) && from !== 'base' && from !== 'db') return undefined;
  if (services.includes(to) && from !== to) {
    if (services.includes(from) && target === `src/${to}/service.ts`) return undefined;
    return `${from} may only reach another service through its service.ts, if at all`;
  }
  const inService = services.includes(from);
  const allowed = inService ? [from, ...serviceRooms] : (allowedRooms[from] ?? [from, 'base']);
  if (!allowed.includes(to)) return `${from} does not import ${to}`;
  return inService ? innerRefusal(path, target) : undefined;
}

/**
 * Inside a service: api → verbs → store, never back and never past the verbs. Only a `target.ts`
 * looks things up: it finds what the path names, for policy to judge before any verb runs.
 */
function innerRefusal(path: string, target: string): string | undefined {
  const inApi = /^src\/[^/]+\/api\//;
  const findsTarget = path.endsWith('/target.ts');
  if (inApi.test(path) && storeFile.test(target) && !findsTarget)
    return 'api asks verbs, not the store';
  const wiring = /^src\/[^/]+\/service\.ts$/.test(path);
  if (!inApi.test(path) && inApi.test(target) && !wiring) return 'verbs do not know the api';
  return undefined;
}

function driverRefusal(path: string, target: string, to: string): string | undefined {
  if (to === 'base' || driverTypeFile.test(target)) return undefined;
  if (to !== 'drivers') return 'drivers see neither the database nor any service';
  const implementation = (file: string) => file.split('/').slice(0, 4).join('/');
  // Files beside the implementations (`drivers/network/addresses.ts`) belong to their kind.
  const shared = target.split('/').length === 4 && kindOf(target) === kindOf(path);
  if (shared || implementation(path) === implementation(target)) return undefined;
  return 'drivers do not see each other';
}

function kindOf(path: string): string {
  return path.split('/')[2] ?? '';
}

/** The HTTP library stands in `base/http` only; what Node knows of HTTP, in every `api/` too. */
export function httpStaysInItsRoom(tree: Tree): Offender[] {
  return inSources(tree, ({ path }, { specifier, line }) => {
    if (!path.startsWith('src/') || /^src\/base\/http[./]/.test(path)) return undefined;
    const library = /^(fastify|@fastify\/.*)$/.test(specifier);
    const ofNode = /^(node:)?https?2?$/.test(specifier) && !/^src\/[^/]+\/api\//.test(path);
    if (!library && !ofNode) return undefined;
    return { path, line, what: `imports ${specifier} outside base/http` };
  });
}

/** Inside the package, names of rooms; `../` never climbs out of the room it stands in. */
export function importsAreNamed(tree: Tree): Offender[] {
  return inSources(tree, ({ path }, { specifier, target, line }) => {
    if (!specifier.startsWith('.') || !path.startsWith('src/')) return undefined;
    if (!target) return { path, line, what: `imports ${specifier}, which is not in the project` };
    // `main.ts` and `cloud.ts` stand above the rooms and look into them.
    if (path.split('/').length === 2 || roomOf(path) === roomOf(target)) return undefined;
    const name = target === 'src/cloud.ts' ? '#cloud' : target.replace('src/', '#');
    return { path, line, what: `imports ${specifier}; write ${name}` };
  });
}

function roomOf(path: string): string {
  return path.split('/')[1] ?? '';
}

function inSources(
  tree: Tree,
  judge: (source: Source, found: Import) => Offender | undefined,
): Offender[] {
  return tree.sources.flatMap((source) =>
    importsOf(source).flatMap((found) => judge(source, found) ?? []),
  );
}

export function importsOf(source: Source): Import[] {
  return source.nodes().flatMap((node) => {
    const specifier = specifierOf(node);
    if (specifier === undefined) return [];
    return [
      { specifier, target: resolveImport(source.path, specifier), line: source.lineOf(node) },
    ];
  });
}

function specifierOf(node: Node): string | undefined {
  if (isImportDeclaration(node) || isExportDeclaration(node)) {
    const { moduleSpecifier } = node;
    return moduleSpecifier && isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : undefined;
  }
  if (isCallExpression(node) && node.expression.getText() === 'import') {
    const [first] = node.arguments;
    return first && isStringLiteral(first) ? first.text : undefined;
  }
  return undefined;
}

function resolveImport(path: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(path), specifier);
    return target.startsWith('..') ? undefined : target;
  }
  if (specifier === '#cloud') return 'src/cloud.ts';
  if (specifier.startsWith('#test/')) return specifier.replace('#test/', 'test/support/');
  return specifier.startsWith('#') ? specifier.replace('#', 'src/') : undefined;
}
