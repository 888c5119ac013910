import type { Actor } from '#policy/actor.ts';
import { mayPerform } from '#policy/engine.ts';
import type { IdentityContext } from '../../../context.ts';
import type { CredentialFacts } from '../../../credentials/credential.ts';
import { findCredential } from '../../../credentials/store.ts';
import { identityErrors } from '../../../errors.ts';
import { ofReachable } from '../../../users/reachable.ts';

type CredentialCall = { actor: Actor; params: { credential_id: string } };

/** One's own; with the action any. What one may not see is not there. */
export function ownCredentialOr(action: string) {
  return {
    find: async (service: IdentityContext, call: CredentialCall) => {
      const found = await findCredential(service.database.queries, call.params.credential_id);
      return ofReachable(service, call.actor, found);
    },
    visible: (actor: Actor, credential: CredentialFacts) =>
      actor.userId === credential.userId || mayPerform(actor, action),
    absent: (call: CredentialCall) =>
      identityErrors.credentialNotFound({ id: call.params.credential_id }),
  };
}
