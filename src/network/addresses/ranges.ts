/** Numbers, both ends included. */
export interface NumberRange {
  first: number;
  last: number;
}

/** Where to look: among whole addresses, or among what their last two numbers make. */
export interface AddressRanges {
  of: 'address' | 'tail';
  ranges: readonly NumberRange[];
}

/** So many are looked up one by one. */
export const mostRanges = 32;

const numbers = 256;
const addressCount = numbers ** 4;
const tailCount = numbers ** 2;
/** A tail that many addresses may have saves nothing. */
const mostTails = tailCount / 16;

const mostSigns = '255.255.255.255'.length;

/**
 * Where all IPv4 addresses are whose text fits a LIKE pattern with `\` as escape: often a handful,
 * because a text with four numbers to 255 and three dots leaves little to the imagination. A
 * pattern that may begin anywhere says more about the last two numbers than about all.
 */
export function rangesLike(like: string): AddressRanges {
  const steps = stepsOf(like);
  if (!steps) return { of: 'address', ranges: [] };
  const ranges = rangesFrom(steps, 0, 1, new Map());
  if (ranges) return { of: 'address', ranges };
  const tails = rangesFrom(steps, 2, afterTwo(steps), new Map());
  const covered = tails?.reduce((sum, { first, last }) => sum + 1 + last - first, 0) ?? 0;
  if (tails && covered <= mostTails) return { of: 'tail', ranges: tails };
  return { of: 'address', ranges: [everyAddress] };
}

export const everyAddress: NumberRange = { first: 0, last: addressCount - 1 };

/** A set of places in the pattern is a number; its bit n is set where n signs of it are behind. */
interface Steps {
  /** Places from which a digit, or last a dot, leads on to the next one. */
  onward: readonly number[];
  /** Places at which any sign may stand. */
  loops: number;
  signs: number;
}

const dot = 10;

/** @returns undefined where the pattern wants more signs than an address has */
function stepsOf(like: string): Steps | undefined {
  const onward = Array<number>(dot + 1).fill(0);
  let [signs, loops] = [0, 0];
  for (const [part] of like.matchAll(/\\.|./gsu)) {
    if (part === '%') {
      loops |= 1 << signs;
      continue;
    }
    if (signs === mostSigns) return undefined;
    for (const [index, sign] of [...'0123456789.'].entries()) {
      if (part === '_' || part.endsWith(sign)) onward[index] = (onward[index] ?? 0) | (1 << signs);
    }
    signs += 1;
  }
  return { onward, loops, signs };
}

/**
 * @param level how many numbers of the address are behind
 * @returns what may follow, counted from the first address that begins like this; undefined where
 *   these are more ranges than are looked up
 */
function rangesFrom(
  steps: Steps,
  level: number,
  anyPlaces: number,
  known: Map<number, NumberRange[]>,
): NumberRange[] | undefined {
  // From the others the end is too far away.
  const signsLeft = Math.max(0, mostSigns - 4 * level);
  const places = anyPlaces & (-1 << Math.max(0, steps.signs - signsLeft));
  const end = (1 << steps.signs) & (level === 4 ? -1 : steps.loops);
  const size = numbers ** (4 - level);
  if (places & end) return [{ first: 0, last: size - 1 }];
  if (places === 0 || level === 4) return [];
  const key = level * 2 ** 16 + places;
  const found = known.get(key);
  if (found) return found;
  const ranges: NumberRange[] = [];
  for (const [value, after] of afterNumbers(steps, places).entries()) {
    const next = level < 3 ? step(steps, after, dot) : after;
    if (next === 0) continue;
    const start = value * (size / numbers);
    const following = rangesFrom(steps, level + 1, next, known);
    if (!following) return undefined;
    for (const { first, last } of following) {
      append(ranges, { first: start + first, last: start + last });
    }
    if (ranges.length > mostRanges) return undefined;
  }
  known.set(key, ranges);
  return ranges;
}

/** The places in which any two numbers may leave us. */
function afterTwo(steps: Steps): number {
  let places = 1;
  for (let level = 0; level < 2; level += 1) {
    let next = 0;
    for (const after of afterNumbers(steps, places)) next |= step(steps, after, dot);
    places = next;
  }
  return places;
}

/** The places after each number. */
function afterNumbers(steps: Steps, places: number): number[] {
  const found: number[] = [];
  for (let value = 0; value < numbers; value += 1) {
    const before = value < 10 ? places : (found[Math.floor(value / 10)] ?? 0);
    found.push(step(steps, before, value % 10));
  }
  return found;
}

function step({ onward, loops }: Steps, places: number, sign: number): number {
  return ((places & (onward[sign] ?? 0)) << 1) | (places & loops);
}

function append(ranges: NumberRange[], range: NumberRange): void {
  const previous = ranges.at(-1);
  if (previous && previous.last + 1 === range.first) previous.last = range.last;
  else ranges.push(range);
}
