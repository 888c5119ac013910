const truths = new Set(['t', 'true', 'on', 'y', 'yes', '1']);
const untruths = new Set(['f', 'false', 'off', 'n', 'no', '0']);

/** A boolean in any of the ways in which clients write one; undefined when it is none of them. */
export function parseBoolean(value: string | boolean): boolean | undefined {
  const word = String(value).trim().toLowerCase();
  if (truths.has(word)) return true;
  return untruths.has(word) ? false : undefined;
}
