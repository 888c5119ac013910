import type { IdentityContext } from '../context.ts';
import type { User } from '../users/user.ts';
import { type Claim, checkProof } from './check-proof.ts';

export interface PasswordProof extends Claim {
  password: string;
}

/** The user whose password this is. Throws what `checkProof` does, and TooManyLogins (429). */
export function checkPassword(context: IdentityContext, proof: PasswordProof): Promise<User> {
  return checkProof(context, proof, (user) =>
    context.passwords.matches(proof.password, user?.passwordHash ?? null),
  );
}
