import { type ArrayLiteralExpression, type Node, SyntaxKind } from 'typescript/unstable/ast';
import {
  isArrayLiteralExpression,
  isImportDeclaration,
  isPropertyAssignment,
  isSpreadElement,
  isStringLiteral,
  isVariableDeclaration,
} from 'typescript/unstable/ast/is';
import type { Offender, Tree } from '../tree.ts';

/** Outside processes get an argument vector, never a shell. */
export function noShell(tree: Tree): Offender[] {
  return tree.sources.flatMap(({ path, nodes, lineOf }) =>
    nodes().flatMap((node) => {
      const what = shellUse(node);
      return what ? [{ path, line: lineOf(node), what }] : [];
    }),
  );
}

function shellUse(node: Node): string | undefined {
  if (isPropertyAssignment(node) && node.name.getText() === 'shell') {
    const harmless = node.initializer.kind === SyntaxKind.FalseKeyword;
    return harmless ? undefined : 'gives the option shell';
  }
  if (!isImportDeclaration(node)) return undefined;
  const fromChildProcess = /['"](node:)?child_process['"]/.test(node.moduleSpecifier.getText());
  const name = /\b(exec|execSync)\b/.exec(node.importClause?.getText() ?? '')?.[1];
  return fromChildProcess && name ? `imports ${name}, which starts a shell` : undefined;
}

const formatOptions: Record<string, readonly string[]> = {
  create: ['-f'],
  convert: ['-f', '-O'],
  info: ['-f'],
  check: ['-f'],
  resize: ['-f'],
  rebase: ['-f'],
  commit: ['-f'],
  map: ['-f'],
  measure: ['-O'],
  snapshot: ['-f'],
  amend: ['-f'],
  compare: ['-f', '-F'],
};

/**
 * A disk that qemu-img may guess the format of can claim to be another and name host files. Tests
 * are free: they make just such disks.
 */
export function qemuImgNamesFormats(tree: Tree): Offender[] {
  return tree.sources
    .filter(({ path, file }) => !path.startsWith('test/') && file.text.includes('qemu-img'))
    .flatMap(({ path, nodes, lineOf }) => {
      const all = nodes();
      return all.filter(isArrayLiteralExpression).flatMap((list) => {
        const what = missingFormats(list, all);
        return what ? [{ path, line: lineOf(list), what }] : [];
      });
    });
}

function missingFormats(list: ArrayLiteralExpression, all: Node[]): string | undefined {
  const [first] = list.elements;
  const command = first && isStringLiteral(first) ? first.text : undefined;
  if (command === undefined || !Object.hasOwn(formatOptions, command)) return undefined;
  const words = wordsOf(list, all);
  const needed = [...(formatOptions[command] ?? [])];
  if (command === 'create' && words.includes('-b')) needed.push('-F');
  const missing = needed.filter((option) => !words.includes(option));
  if (missing.length === 0 || words.includes('--image-opts')) return undefined;
  return `calls qemu-img ${command} without ${missing.join(' and ')}`;
}

/** The literal words of a vector, those of lists spread into it included. */
function wordsOf(list: ArrayLiteralExpression, all: Node[]): string[] {
  return list.elements.flatMap((element) => {
    if (isStringLiteral(element)) return [element.text];
    if (!isSpreadElement(element)) return [];
    return all
      .filter(isVariableDeclaration)
      .filter(({ name }) => name.getText() === element.expression.getText())
      .flatMap(({ initializer }) =>
        initializer && isArrayLiteralExpression(initializer) ? wordsOf(initializer, all) : [],
      );
  });
}
