import { identityErrors } from './errors.ts';

export type JsonObject = Record<string, unknown>;

/** All added members of one resource together; they are kept as JSON in one column. */
const extraChars = 16 * 1024;

/**
 * Keystone keeps members that it does not know and gives them back. @returns those of `body` that
 * are not in `known`. Refuses what would fill the database.
 */
export function extrasOf(body: JsonObject, known: readonly string[]): JsonObject {
  const extras: JsonObject = {};
  for (const [name, value] of Object.entries(body)) {
    if (!known.includes(name)) extras[name] = value;
  }
  checkSize(extras);
  return extras;
}

/** A change of resource options or extras: null takes a member away. */
export function mergeMembers(before: JsonObject, change: JsonObject): JsonObject {
  const merged: JsonObject = {};
  for (const [name, value] of Object.entries({ ...before, ...change })) {
    if (value !== null) merged[name] = value;
  }
  checkSize(merged);
  return merged;
}

function checkSize(members: JsonObject): void {
  if (JSON.stringify(members).length <= extraChars) return;
  throw identityErrors.invalid({ reason: `Additional members exceed ${extraChars} characters.` });
}

/**
 * Whether a change of something immutable says nothing but whether it still is: as with Keystone
 * that alone may be changed, and everything else only by a change of its own.
 */
export function saysOnlyImmutable(change: { options: JsonObject; extra: JsonObject }): boolean {
  const { options, extra, ...rest } = change;
  const isBare = Object.values(rest).every((value) => value === undefined);
  return Object.hasOwn(options, 'immutable') && Object.keys(extra).length === 0 && isBare;
}

/** Keystone's `immutable` option guards what nobody should change by accident. */
export function isImmutable(resource: { options: JsonObject }): boolean {
  return resource.options.immutable === true;
}
