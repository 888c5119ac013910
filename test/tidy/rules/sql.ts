import {
  isNoSubstitutionTemplateLiteral,
  isPropertyAccessExpression,
  isStringLiteral,
  isTemplateExpression,
} from 'typescript/unstable/ast/is';
import type { Offender, Source, Tree } from '../tree.ts';
import { importsOf } from './imports.ts';

const statement = new RegExp(
  [
    String.raw`\bselect\s[^;]*\sfrom\s`,
    String.raw`\binsert\s+into\s`,
    String.raw`\bupdate\s+\w+\s+set\s`,
    String.raw`\bdelete\s+from\s`,
    String.raw`\b(create|alter|drop)\s+(unique\s+)?(table|index)\s`,
    String.raw`^\s*(pragma|begin)\s`,
  ].join('|'),
  'i',
);
const builders = new Set(['selectFrom', 'insertInto', 'updateTable', 'deleteFrom', 'replaceInto']);
const databaseLibraries = /^(kysely|pg|(node:)?sqlite)$/;

/** Not a query: the lock of the state directory is SQLite's lock on an empty file. */
const lockFile = 'src/cli/state-lock.ts';

/** SQL, and the libraries that speak it, stand only in stores and in `db/`. */
export function sqlStaysInStores(tree: Tree): Offender[] {
  return tree.sources
    .filter(({ path }) => path.startsWith('src/') && !mayHoldSql(path))
    .flatMap((source) => [...libraryImports(source), ...statements(source)]);
}

function mayHoldSql(path: string): boolean {
  return path.startsWith('src/db/') || /(^|[/-])store\.ts$/.test(path) || path === lockFile;
}

function libraryImports(source: Source): Offender[] {
  return importsOf(source)
    .filter(({ specifier }) => databaseLibraries.test(specifier))
    .map(({ specifier, line }) => ({ path: source.path, line, what: `imports ${specifier}` }));
}

function statements(source: Source): Offender[] {
  return source.nodes().flatMap((node) => {
    const at = { path: source.path, line: source.lineOf(node) };
    if (isPropertyAccessExpression(node) && builders.has(node.name.text)) {
      return [{ ...at, what: `builds a query with ${node.name.text}` }];
    }
    const literal =
      isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node) || isTemplateExpression(node);
    if (!literal || !isStatement(node.getText().slice(1, -1))) return [];
    return [{ ...at, what: `holds SQL: ${node.getText().slice(0, 40)}` }];
  });
}

/** English selects things from lists too, but ends its sentences. */
function isStatement(text: string): boolean {
  return statement.test(text) && !text.trimEnd().endsWith('.');
}
