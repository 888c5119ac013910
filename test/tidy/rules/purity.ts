import { type Node, NodeFlags, type SourceFile } from 'typescript/unstable/ast';
import {
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isVariableStatement,
} from 'typescript/unstable/ast/is';
import type { Offender, Source, Tree } from '../tree.ts';

const readersOfEnvironment = new Set(['src/main.ts', 'src/base/config.ts']);

const chance = new Set([
  'Date.now',
  'Math.random',
  'performance.now',
  'process.hrtime',
  'crypto.randomUUID',
  'crypto.randomBytes',
  'crypto.getRandomValues',
]);
const chanceFunctions = new Set(['randomUUID', 'randomBytes', 'randomInt', 'randomFillSync']);

/** Time and chance enter in `base`; everyone else is handed a clock and ids. */
export function timeAndChanceComeIn(tree: Tree): Offender[] {
  return eachNode(tree, (node, { path }) => {
    if (!path.startsWith('src/') || path.startsWith('src/base/')) return undefined;
    if (isPropertyAccessExpression(node)) {
      return chance.has(node.getText()) ? `uses ${node.getText()}` : undefined;
    }
    if (isNewExpression(node) && node.getText().replaceAll(/\s/g, '') === 'newDate()') {
      return 'reads the time with new Date()';
    }
    if (!isCallExpression(node) || !isIdentifier(node.expression)) return undefined;
    return chanceFunctions.has(node.expression.text) ? `calls ${node.expression.text}` : undefined;
  });
}

/** The environment is read once, into the configuration. */
export function environmentIsReadOnce(tree: Tree): Offender[] {
  return eachNode(tree, (node, { path }) => {
    if (!path.startsWith('src/') || readersOfEnvironment.has(path)) return undefined;
    const reads = isPropertyAccessExpression(node) && node.getText() === 'process.env';
    return reads ? 'reads process.env' : undefined;
  });
}

/** A module holds no state: no `let`, no map or set that begins empty and is filled later. */
export function modulesHoldNoState(tree: Tree): Offender[] {
  return tree.sources
    .filter(({ path }) => path.startsWith('src/'))
    .flatMap((source) => moduleState(source.file, source));
}

function moduleState(file: SourceFile, source: Source): Offender[] {
  return file.statements.flatMap((statement) => {
    if (!isVariableStatement(statement)) return [];
    const { flags, declarations } = statement.declarationList;
    const at = { path: source.path, line: source.lineOf(statement) };
    if (!(flags & NodeFlags.Const)) return [{ ...at, what: 'is a module-level let' }];
    return declarations.flatMap(({ initializer, name }) => {
      const text = initializer?.getText() ?? '';
      const empty = /^new (Weak)?(Map|Set)(<.*>)?\(\)$/s.test(text) || text === '[]';
      return empty ? [{ ...at, what: `${name.getText()} begins empty, so it is state` }] : [];
    });
  });
}

function eachNode(
  tree: Tree,
  judge: (node: Node, source: Source) => string | undefined,
): Offender[] {
  return tree.sources.flatMap((source) =>
    source.nodes().flatMap((node) => {
      const what = judge(node, source);
      return what ? [{ path: source.path, line: source.lineOf(node), what }] : [];
    }),
  );
}
