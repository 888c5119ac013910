import type { Offender, Tree } from '../tree.ts';

/** Written apart, so that this file does not offend against itself. */
const unfinished = new RegExp(
  `\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'].join('|')})\\b`,
);
const buildMachine = new RegExp(
  `(?<![\\w.-])/(${['wo' + 'rk', 'tmp/br' + 'ief'].join('|')})(/|\\b)`,
);

const textFile = /\.(ts|mjs|js|json|md|sh|yaml|yml|html|css)$|(^|\/)(run|init|[A-Z]+)$/;

/** What is not done is an issue, or is done; it is not a remark in the code. */
export function nothingIsPromised(tree: Tree): Offender[] {
  return matches(tree, unfinished, 'holds the word');
}

/** The project makes sense on every machine, not only where it was written. */
export function noMachineIsNamed(tree: Tree): Offender[] {
  return matches(tree, buildMachine, 'names a path of one machine:');
}

function matches(tree: Tree, pattern: RegExp, sentence: string): Offender[] {
  return tree.paths
    .filter((path) => textFile.test(path) && path !== 'package-lock.json')
    .flatMap((path) =>
      tree
        .text(path)
        .split('\n')
        .flatMap((text, index) => {
          const match = pattern.exec(text);
          return match ? [{ path, line: index + 1, what: `${sentence} ${match[0]}` }] : [];
        }),
    );
}
