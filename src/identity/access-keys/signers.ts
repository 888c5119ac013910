import { limits } from '#base/limits.ts';
import { rowContext } from '#db/sealed-columns.ts';
import type { Actor } from '#policy/actor.ts';
import type { IdentityContext } from '../context.ts';
import type { TemporaryKey } from '../temporary-keys/temporary-key.ts';
import { ActorCache } from '../tokens/actor-cache.ts';
import { findAccessKey } from './store.ts';

/** Whoever can sign by a key. */
export interface Signer {
  access: string;
  secret: string;
  userId: string;
}

/** A temporary key as it was shown, with the document that it came in. */
export interface Presented {
  document: string;
  key: TemporaryKey;
}

/**
 * Keys and their holders as seen lately, so that a signed request costs no query in the common
 * case. All is forgotten whenever anybody may have lost a right.
 */
export class SignerCache {
  readonly actors: ActorCache<Actor>;
  readonly signers: ActorCache<Signer>;
  /** What a sealed document says does not change; whether it still counts is asked elsewhere. */
  readonly presented = new ActorCache<Presented>(limits.presentedTemporaryKeys);

  /** @param isCurrent false while changes that others make would not be known here. */
  constructor(isCurrent: () => boolean) {
    this.actors = new ActorCache<Actor>(limits.cachedTokens, isCurrent);
    this.signers = new ActorCache<Signer>(limits.cachedTokens, isCurrent);
  }

  forgetAll(): void {
    this.actors.forgetAll();
    this.signers.forgetAll();
  }
}

/** @returns undefined for a key that is not there, or not active. */
export async function findSigner(
  context: IdentityContext,
  access: string,
): Promise<Signer | undefined> {
  const { signers } = context.signerCache;
  const known = signers.find(access, context.clock.nowMs());
  if (known) return known;
  const { generation } = signers;
  const key = await findAccessKey(context.database.queries, access);
  if (!key?.isActive) return undefined;
  const secret = context.seals.open(key.sealedSecret, rowContext('access_keys', access));
  const signer = { access, secret, userId: key.userId };
  signers.remember(access, signer, Number.POSITIVE_INFINITY, generation);
  return signer;
}
