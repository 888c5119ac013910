import { requestErrors } from '#base/errors.ts';
import { type Actor, isAdmin } from '#policy/actor.ts';

export type KeypairType = 'ssh' | 'x509';

/** A public key that servers are given at creation. It belongs to a user, not to a project. */
export interface Keypair {
  /** The number that the API calls `id`. */
  number: number;
  userId: string;
  name: string;
  type: KeypairType;
  /** One line of OpenSSH's format, or a certificate as PEM. */
  publicKey: string;
  fingerprint: string;
  createdMs: number;
}

/** How key pairs are told to policy: by their names, in the accounts of their users. */
export const keypairThing = {
  type: 'keypair',
  of: ({ name, userId }: Keypair) => ({ id: name, userId }),
} as const;

export function mayUseKeypair(actor: Actor, keypair: Keypair): boolean {
  return keypair.userId === actor.userId || isAdmin(actor);
}

/**
 * Whose keys a request is about: one's own or, for administrators, those of the user they name.
 * @throws PolicyNotAuthorized (403)
 */
export function requireOwner(actor: Actor, userId: string | undefined, action: string): string {
  if (userId === undefined || userId === actor.userId) return actor.userId;
  if (!isAdmin(actor)) throw requestErrors.policyRefused({ action });
  return userId;
}
