/**
 * Whether a text is as a pattern says: `*` stands for any characters and, with `hasSingles`, `?`
 * for one. No regular expression: users write patterns, and some of those take forever.
 */
export function globMatches(pattern: string, text: string, hasSingles = false): boolean {
  let at = 0;
  let next = 0;
  // Where the last `*` stands and what of the text it has swallowed: the one place to go back to.
  let star = -1;
  let swallowed = 0;
  while (at < text.length) {
    const wanted = pattern[next];
    if (wanted === '*') {
      star = next;
      swallowed = at;
      next += 1;
    } else if (wanted !== undefined && (wanted === text[at] || (hasSingles && wanted === '?'))) {
      next += 1;
      at += 1;
    } else if (star >= 0) {
      swallowed += 1;
      at = swallowed;
      next = star + 1;
    } else {
      return false;
    }
  }
  while (pattern[next] === '*') next += 1;
  return next === pattern.length;
}
