import type { Offender, Tree } from '../tree.ts';

interface PackageDescription {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

/** Each dependency has a line in a decision that says what it costs and what it saves. */
export function dependenciesAreDecided(tree: Tree): Offender[] {
  const decisions = tree.paths
    .filter((path) => /^docs\/decisions\/.*\.md$/.test(path))
    .map((path) => tree.text(path))
    .join('\n');
  return dependencies(tree)
    .filter(({ name }) => !decisions.includes(`\`${name}\``))
    .map(({ name, version }) =>
      describe(tree, name, version, `${name} is in no decision (as \`${name}\`)`),
    );
}

/** Exact versions: the same checkout is the same program. */
export function dependenciesArePinned(tree: Tree): Offender[] {
  return dependencies(tree)
    .filter(({ version }) => !/^\d+\.\d+\.\d+$/.test(version))
    .map(({ name, version }) => describe(tree, name, version, `${name} is not pinned: ${version}`));
}

function dependencies(tree: Tree): { name: string; version: string }[] {
  const description = JSON.parse(tree.text('package.json')) as PackageDescription;
  const all = { ...description.dependencies, ...description.devDependencies };
  return Object.entries(all).map(([name, version]) => ({ name, version }));
}

function describe(tree: Tree, name: string, version: string, what: string): Offender {
  const lines = tree.text('package.json').split('\n');
  const line = lines.findIndex((text) => text.includes(`"${name}": "${version}"`)) + 1;
  return { path: 'package.json', line, what };
}
