import type { IdentityContext } from '../context.ts';
import { claimStep, listCredentialsOfType } from '../credentials/store.ts';
import type { User } from '../users/user.ts';
import { type Claim, checkProof } from './check-proof.ts';
import { matchingStep } from './totp.ts';

export interface TotpProof extends Claim {
  passcode: string;
}

/** The user to whose device the code belongs, which is used up by this. */
export function checkTotp(context: IdentityContext, proof: TotpProof): Promise<User> {
  return checkProof(context, proof, async (user) => {
    if (!user) return false;
    const { database, seals, clock } = context;
    const nowMs = clock.nowMs();
    for (const credential of await listCredentialsOfType(
      database.queries,
      seals,
      user.id,
      'totp',
    )) {
      const step = matchingStep(credential.blob, proof.passcode, nowMs);
      if (step === undefined) continue;
      // Of two who bring the same code at once, one is first.
      if (await database.transaction((tx) => claimStep(tx, credential.id, step))) return true;
    }
    return false;
  });
}
