import { allTrigrams, type NeededText, trigramsIn, trigramsOf } from '#db/needed-text.ts';

/** Before and after the text of an address, so that its ends are signs like the others. */
const [textBegins, textEnds] = ['<', '>'];

/** Of an address that is asked for, so many trigrams are looked up at a time. */
const trigramsAtOnce = 4;
/** Each one costs what addresses have it, and of many some say enough. */
const mostTrigrams = 12;

/** The text of an address as its trigrams are kept (migration 0036). */
export const signsOf = (address: string) => `${textBegins}${address}${textEnds}`;

/**
 * What FTS5 can be asked for to find all texts that match. Each finds at least these. The last
 * one says the most, and costs the most; of those before it, one may find few soon: networks
 * have the beginnings of their addresses in common, so that the ends come first.
 */
export function lookupsOf(like: string | null, needed: NeededText | null): string[] {
  if (like === null) {
    const lookup = trigramsOf(needed);
    return lookup === null ? [] : [lookup];
  }
  const trigrams = literalsOf(like).flatMap(trigramsIn).reverse();
  const lookups: string[] = [];
  for (let at = 0; at < trigrams.length; at += trigramsAtOnce) {
    lookups.push(allTrigrams(trigrams.slice(at, at + trigramsAtOnce)));
  }
  if (lookups.length > 1) lookups.push(allTrigrams(trigrams.slice(0, mostTrigrams)));
  return lookups;
}

/** The texts between what may be anything, with the ends where the pattern holds on to them. */
function literalsOf(like: string): string[] {
  const literals = [textBegins];
  for (const [part] of `${like}${textEnds}`.matchAll(/\\.|./gsu)) {
    if (part === '%' || part === '_') literals.push('');
    else literals[literals.length - 1] += part.at(-1) ?? '';
  }
  return literals;
}

/** A pattern for LIKE that finds at least as much, by no more than the last signs. */
export function endOf(like: string): string {
  const end = /(?:\\.|[^%_\\]){3,8}%?$/su.exec(like)?.[0];
  return end === undefined ? like : `%${end}`;
}
