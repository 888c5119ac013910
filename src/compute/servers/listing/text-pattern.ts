import { RE2JS } from 're2js';
import { type NeededText, neededTextOf } from '#db/needed-text.ts';

/** Patterns come from strangers, and each is tried on every server of a list. */
const patternCharacters = 255;
const programInstructions = 300;

/** A regular expression that a text may match anywhere, as in the databases that Nova asks. */
export interface TextPattern {
  /**
   * For LIKE with `\` as escape: finds at least what `matches` does, so that the database can leave
   * out the rest. Null where the expression is not as simple as that.
   */
  like: string | null;
  /** What is in each text that matches; null where that is nothing in particular. */
  needed: NeededText | null;
  matches(text: string): boolean;
}

/**
 * Time is linear in the length of the text whatever the expression says, which also means that
 * there are neither back references nor assertions.
 * @returns undefined for what is no such expression, or too large a one
 */
export function compilePattern(expression: string): TextPattern | undefined {
  if (expression.length > patternCharacters) return undefined;
  try {
    const program = RE2JS.compile(expression, RE2JS.DOTALL);
    if (program.programSize() > programInstructions) return undefined;
    const [like, needed] = [likeOf(expression), neededTextOf(program)];
    return { like, needed, matches: (text) => program.test(text) };
  } catch {
    return undefined;
  }
}

/** Signs that mean themselves, `.`, `.*`, escaped signs, and `^` and `$` at the ends. */
const simple = /^\^?(?:[\p{L}\p{N} _:,;@#%&=!'"<>~/-]|\.\*?|\\[.^$*+?()[\]{}|\\-])*\$?$/u;

function likeOf(expression: string): string | null {
  if (!simple.test(expression)) return null;
  const starts = expression.startsWith('^');
  // A sign is escaped by one `\` before it; two of them are a sign of their own.
  const ends = /(?<!\\)(?:\\\\)*\$$/.test(expression);
  const core = expression.slice(starts ? 1 : 0, ends ? -1 : undefined);
  const like = core.replaceAll(/\\(.)|\.\*|\.|[%_]/gu, (part, escaped: string | undefined) => {
    if (part === '.*') return '%';
    if (part === '.') return '_';
    const sign = escaped ?? part;
    return sign === '%' || sign === '_' || sign === '\\' ? `\\${sign}` : sign;
  });
  return `${starts ? '' : '%'}${like}${ends ? '' : '%'}`;
}
