import { limits } from '#base/limits.ts';
import type { IdentityContext } from '../context.ts';
import { openTemporaryKey, type TemporaryKey } from './temporary-key.ts';

/**
 * The temporary key that a request shows in `X-Security-Token` and names as the one it is signed
 * by. It may be past. @returns undefined where the one is not of the other
 */
export function findTemporarySigner(
  context: IdentityContext,
  access: string,
  document: unknown,
): TemporaryKey | undefined {
  if (typeof document !== 'string') return undefined;
  if (document.length > limits.securityTokenCharacters) return undefined;
  const { presented } = context.signerCache;
  const known = presented.find(access, context.clock.nowMs());
  if (known?.document === document) return known.key;
  const key = openTemporaryKey(context, document);
  if (key?.access !== access) return undefined;
  presented.remember(access, { document, key }, key.expiresMs, presented.generation);
  return key;
}
