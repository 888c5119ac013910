import { basename } from 'node:path';
import type { Offender, Tree } from '../tree.ts';
import { codePaths } from './sizes.ts';

/** Words that say only that nobody found the name. */
const emptyWords = new Set([
  'util',
  'utils',
  'helper',
  'helpers',
  'common',
  'manager',
  'misc',
  'stuff',
]);

export function fileNamesSaySomething(tree: Tree): Offender[] {
  return codePaths(tree).flatMap((path) => {
    const word = path.split(/[/.-]/).find((part) => emptyWords.has(part));
    return word ? [{ path, line: 0, what: `is named ${word}` }] : [];
  });
}

export function fileNamesAreKebabCase(tree: Tree): Offender[] {
  return codePaths(tree)
    .filter((path) => !/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(basename(path)))
    .map((path) => ({ path, line: 0, what: 'is not in kebab-case' }));
}
