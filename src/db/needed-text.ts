import { type Expression, type SqlBool, sql } from 'kysely';
import type { RE2JS } from 're2js';

/** What each text that an expression matches holds, so that a database can look for it. */
export type NeededText =
  | { text: string }
  | { all: readonly NeededText[] }
  | { any: readonly NeededText[] };

/** What the library calls its prefilter: it works this out to leave out texts quickly itself. */
interface Prefilter {
  type: number;
  str: string;
  subs: readonly Prefilter[];
}

const kinds = { text: 1, all: 2, any: 3 };

/** @returns null where matching texts need not have anything in common */
export function neededTextOf(program: RE2JS): NeededText | null {
  const { prefilter } = program.re2() as { prefilter?: Prefilter | null };
  return prefilter ? read(prefilter) : null;
}

function read({ type, str, subs }: Prefilter): NeededText | null {
  if (type === kinds.text) return str === '' ? null : { text: str };
  const parts = subs.map(read);
  const known = parts.filter((part) => part !== null);
  if (type === kinds.all && known.length > 0) return { all: known };
  // An alternative that asks for nothing makes the others mean nothing.
  if (type === kinds.any && known.length > 0 && known.length === parts.length) {
    return { any: known };
  }
  return null;
}

/** Of a long text or of many alternatives, some say enough. */
const mostTrigrams = 12;
const mostAlternatives = 16;

/**
 * The same for an FTS5 table of trigrams: finds at least what the expression does.
 * @returns null where it says nothing about any three signs in a row
 */
export function trigramsOf(needed: NeededText | null): string | null {
  if (needed === null) return null;
  if ('text' in needed) return trigramsOfText(needed.text);
  if ('all' in needed) {
    const parts = needed.all.flatMap((part) => trigramsOf(part) ?? []).slice(0, mostTrigrams);
    return parts.length > 0 ? `(${parts.join(' AND ')})` : null;
  }
  const parts = needed.any.flatMap((part) => trigramsOf(part) ?? []);
  const isUsable = parts.length === needed.any.length && parts.length <= mostAlternatives;
  return isUsable ? `(${parts.join(' OR ')})` : null;
}

function trigramsOfText(text: string): string | null {
  const trigrams = trigramsIn(text).slice(0, mostTrigrams);
  return trigrams.length > 0 ? allTrigrams(trigrams) : null;
}

/** Every three signs in a row, each once. */
export function trigramsIn(text: string): string[] {
  const signs = [...text];
  const trigrams = new Set<string>();
  for (let at = 0; at + 3 <= signs.length; at += 1) {
    trigrams.add(signs.slice(at, at + 3).join(''));
  }
  return [...trigrams];
}

/** For an FTS5 table of trigrams: has them all. */
export function allTrigrams(trigrams: readonly string[]): string {
  return `(${trigrams.map((signs) => `"${signs.replaceAll('"', '""')}"`).join(' AND ')})`;
}

/** The same for databases that know LIKE. */
export function holdsText(column: Expression<unknown>, needed: NeededText): Expression<SqlBool> {
  if ('text' in needed) {
    const like = `%${needed.text.replaceAll(/[\\%_]/g, '\\$&')}%`;
    return sql<SqlBool>`${column} like ${like} escape '\\'`;
  }
  const [parts, word] = 'all' in needed ? [needed.all, sql` and `] : [needed.any, sql` or `];
  return sql<SqlBool>`(${sql.join(
    parts.map((part) => holdsText(column, part)),
    word,
  )})`;
}
