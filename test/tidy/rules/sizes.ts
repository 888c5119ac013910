import type { Node } from 'typescript/unstable/ast';
import {
  isArrowFunction,
  isCallExpression,
  isConstructorDeclaration,
  isFunctionDeclaration,
  isFunctionExpression,
  isGetAccessorDeclaration,
  isMethodDeclaration,
  isSetAccessorDeclaration,
} from 'typescript/unstable/ast/is';
import type { Offender, Source, Tree } from '../tree.ts';

export const maxFileLines = 300;
export const maxLineCharacters = 100;
export const maxFunctionLines = 70;

/** Files stay under 300 lines; what grows beyond is split into rooms. */
export function filesAreSmall(tree: Tree): Offender[] {
  return codePaths(tree).flatMap((path) => {
    const lines = tree.text(path).trimEnd().split('\n').length;
    if (lines <= maxFileLines) return [];
    return [{ path, line: 0, what: `has ${lines} lines, more than ${maxFileLines}` }];
  });
}

export function linesAreShort(tree: Tree): Offender[] {
  return codePaths(tree).flatMap((path) =>
    tree
      .text(path)
      .split('\n')
      .flatMap((text, index) => {
        const characters = [...text].length;
        if (characters <= maxLineCharacters) return [];
        return [{ path, line: index + 1, what: `has ${characters} characters` }];
      }),
  );
}

export function functionsAreShort(tree: Tree): Offender[] {
  return tree.sources.flatMap((source) =>
    source.nodes().flatMap((node) => {
      if (!isFunction(node) || isSuite(node)) return [];
      const lines = bodyLines(source, node);
      if (lines <= maxFunctionLines) return [];
      const what = `is a function of ${lines} lines, more than ${maxFunctionLines}`;
      return [{ path: source.path, line: source.lineOf(node), what }];
    }),
  );
}

function isFunction(node: Node): boolean {
  return (
    isFunctionDeclaration(node) ||
    isFunctionExpression(node) ||
    isArrowFunction(node) ||
    isMethodDeclaration(node) ||
    isConstructorDeclaration(node) ||
    isGetAccessorDeclaration(node) ||
    isSetAccessorDeclaration(node)
  );
}

/** The function given to `describe` is a list of tests, not something to read as one. */
function isSuite(node: Node): boolean {
  const { parent } = node;
  return isCallExpression(parent) && /^(describe|suite)\b/.test(parent.expression.getText());
}

function bodyLines(source: Source, node: Node): number {
  const endLine = source.file.getLineAndCharacterOfPosition(node.end).line + 1;
  return endLine - source.lineOf(node) + 1;
}

/** What people write and read as code; test data and guest files are not. */
export function codePaths(tree: Tree): string[] {
  return tree.paths.filter((path) => /^(src|test|bench|setup|images)\/.*\.(ts|mjs)$/.test(path));
}
