import type { PolicyDocument } from '#policy/document.ts';
import type { IdentityContext } from '../context.ts';

/** From what a temporary key was taken: it counts as long as this does. */
export type Parent =
  | { kind: 'token'; hash: string }
  | { kind: 'access-key'; access: string; projectId: string | null; domainId: string | null };

/**
 * A key for some hours. Nothing is stored of it: its holder shows this document with every request,
 * sealed, and whoever it names is looked up anew.
 */
export interface TemporaryKey {
  access: string;
  secret: string;
  userId: string;
  parent: Parent;
  /** Lets its holder do less than the parent; null: as much. */
  policy: PolicyDocument | null;
  expiresMs: number;
}

/** No row's context: nothing else that is sealed can pass for such a key. */
const sealContext = 'temporary-keys';

/** @returns what goes into `X-Security-Token`. */
export function sealTemporaryKey(context: IdentityContext, key: TemporaryKey): string {
  return context.seals.seal(JSON.stringify(key), sealContext);
}

/** @returns undefined for what is not ours, or was changed. */
export function openTemporaryKey(
  context: IdentityContext,
  document: string,
): TemporaryKey | undefined {
  try {
    return JSON.parse(context.seals.open(document, sealContext)) as TemporaryKey;
  } catch {
    return undefined;
  }
}
