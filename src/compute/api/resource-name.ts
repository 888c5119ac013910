import { Type } from 'typebox';

/** Printable, as Nova defines it: nothing of Unicode's "other", no line or paragraph separators. */
const printable = '[^\\p{C}\\p{Zl}\\p{Zp}]';

/** Nova's rule for most names: 1 to 255 printable characters, no blanks at the ends. */
export const resourceName = Type.String({
  minLength: 1,
  maxLength: 255,
  pattern: `^(?!\\s)${printable}*(?<!\\s)$`,
});

/** The same with blanks at the ends, which are then taken off, but not of blanks alone. */
export const looseResourceName = Type.String({
  minLength: 1,
  maxLength: 255,
  pattern: `^${printable}*[^\\p{C}\\p{Z}\\s]${printable}*$`,
});

/** A zone stands in `az:host:node`, so that its name holds no colon. */
export const zoneName = Type.String({
  minLength: 1,
  maxLength: 255,
  pattern: '^(?!\\s)[^\\p{C}\\p{Zl}\\p{Zp}:]*(?<!\\s)$',
});
