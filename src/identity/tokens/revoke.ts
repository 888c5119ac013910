import type { Allowed } from '#policy/engine.ts';
import type { IdentityContext } from '../context.ts';
import { deleteExpiredTokens, deleteToken } from './store.ts';
import type { Token } from './token.ts';

/** The token is worth nothing from now on; the others are not touched. */
export async function revokeToken(context: IdentityContext, token: Allowed<Token>): Promise<void> {
  try {
    await context.database.transaction((tx) => deleteToken(tx, token.hash));
  } finally {
    context.actors.forget(token.hash);
  }
}

/** Expired tokens open nothing; their rows only take room. @returns how many there were. */
export function purgeExpiredTokens(context: IdentityContext): Promise<number> {
  return deleteExpiredTokens(context.database.queries, context.clock.nowMs());
}
