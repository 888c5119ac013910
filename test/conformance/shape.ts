/**
 * What is a fact in a JSON document: which members there are and of which types. A text names
 * types (`string`, `integer|null`); an array has the shape of its elements, none when it was
 * empty; a member that only some of several objects have ends with `?`; `*` is any name.
 */
export type Shape = string | readonly Shape[] | { readonly [member: string]: Shape };

/** Members whose names are a user's own words rather than the API's. */
const maps = new Set([
  'metadata',
  'meta',
  'properties',
  'extra_specs',
  'addresses',
  'scheduler_hints',
  'OS-SCH-HNT:scheduler_hints',
  'os:scheduler_hints',
  'server_usages_by_host',
  'hosts',
  'log',
]);

export function shapeOf(value: unknown, name = ''): Shape {
  if (value === null) return 'null';
  if (Array.isArray(value)) {
    return value.length === 0 ? [] : [value.map((item) => shapeOf(item)).reduce(merge)];
  }
  if (typeof value === 'object') {
    const members = Object.entries(value).map(([key, member]) => [key, shapeOf(member, key)]);
    if (!maps.has(name)) return Object.fromEntries(members);
    const values = members.map(([, member]) => member as Shape);
    return values.length === 0 ? {} : { '*': values.reduce(merge) };
  }
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function merge(a: Shape, b: Shape): Shape {
  if (typeof a === 'string' && typeof b === 'string') {
    return [...new Set([...a.split('|'), ...b.split('|')])].sort().join('|');
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    const [one] = a;
    const [two] = b;
    return one === undefined ? b : two === undefined ? a : [merge(one, two)];
  }
  if (isObject(a) && isObject(b)) return mergeObjects(a, b);
  // A value that may be null, or of two kinds: the richer one is what there is to compare with.
  return typeof a === 'string' ? b : a;
}

type ObjectShape = { readonly [member: string]: Shape };

function mergeObjects(a: ObjectShape, b: ObjectShape): Shape {
  const bare = (shape: ObjectShape) => Object.keys(shape).map((key) => key.replace(/\?$/, ''));
  const merged: Record<string, Shape> = {};
  for (const key of new Set([...bare(a), ...bare(b)])) {
    const inA = a[key] ?? a[`${key}?`];
    const inB = b[key] ?? b[`${key}?`];
    const isSure = key === '*' || (a[key] !== undefined && b[key] !== undefined);
    const both = inA !== undefined && inB !== undefined ? merge(inA, inB) : (inA ?? inB ?? 'null');
    merged[isSure ? key : `${key}?`] = both;
  }
  return merged;
}

function isObject(shape: Shape | undefined): shape is ObjectShape {
  return typeof shape === 'object' && !Array.isArray(shape);
}

/** Where an answer differs from what is expected of it, both ways; empty when it does not. */
export function differences(actual: Shape, expected: Shape, path = ''): string[] {
  if (typeof actual === 'string' || typeof expected === 'string') {
    return isSameType(actual, expected) ? [] : [`${path}: ${kind(actual)}, not ${kind(expected)}`];
  }
  if (Array.isArray(actual) || Array.isArray(expected)) {
    if (!Array.isArray(actual) || !Array.isArray(expected)) {
      return [`${path}: ${kind(actual)}, not ${kind(expected)}`];
    }
    const [one] = actual;
    const [other] = expected;
    return one === undefined || other === undefined ? [] : differences(one, other, `${path}[]`);
  }
  return memberDifferences(actual as ObjectShape, expected as ObjectShape, path);
}

function memberDifferences(actual: ObjectShape, expected: ObjectShape, path: string): string[] {
  const bare = (shape: ObjectShape) => Object.keys(shape).map((key) => key.replace(/\?$/, ''));
  const found: string[] = [];
  for (const key of new Set([...bare(actual), ...bare(expected)])) {
    const ours = actual[key] ?? actual[`${key}?`];
    const theirs = expected[key] ?? expected[`${key}?`];
    const at = `${path}.${key}`;
    if (ours !== undefined && theirs !== undefined) found.push(...differences(ours, theirs, at));
    else if (ours === undefined && `${key}?` in expected) continue;
    else if (key !== '*') found.push(`${at} is ${ours === undefined ? 'missing' : 'too much'}`);
  }
  return found;
}

/** Null stands for any type: which of the two happened to be empty says nothing. */
function isSameType(actual: Shape, expected: Shape): boolean {
  const ours = typeof actual === 'string' ? actual.split('|') : [kind(actual)];
  const theirs = typeof expected === 'string' ? expected.split('|') : [kind(expected)];
  if (ours.includes('null') || theirs.includes('null')) return true;
  const isNumber = (types: string[]) => types.some((type) => /^(integer|number)$/.test(type));
  if (isNumber(ours) && isNumber(theirs)) return true;
  return ours.every((type) => theirs.includes(type));
}

function kind(shape: Shape): string {
  if (typeof shape === 'string') return shape;
  return Array.isArray(shape) ? 'array' : 'object';
}
