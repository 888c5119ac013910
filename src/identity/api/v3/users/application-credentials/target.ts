import type { Actor } from '#policy/actor.ts';
import { mayPerform } from '#policy/engine.ts';
import type { ApplicationCredential } from '../../../../application-credentials/credential.ts';
import { findCredential } from '../../../../application-credentials/store.ts';
import type { IdentityContext } from '../../../../context.ts';
import { identityErrors } from '../../../../errors.ts';
import { ofReachable } from '../../../../users/reachable.ts';

type CredentialCall = {
  actor: Actor;
  params: { user_id: string; application_credential_id: string };
};

/** A credential of the user whom the path names: one's own, or with the action anybody's. */
export function applicationCredential(action: string) {
  return {
    find: async (
      service: IdentityContext,
      call: CredentialCall,
    ): Promise<ApplicationCredential | undefined> => {
      const id = call.params.application_credential_id;
      const found = await findCredential(service.database.queries, id);
      if (found?.userId !== call.params.user_id) return undefined;
      return ofReachable(service, call.actor, found);
    },
    visible: (actor: Actor, credential: ApplicationCredential) =>
      actor.userId === credential.userId || mayPerform(actor, action),
    absent: (call: CredentialCall) =>
      identityErrors.applicationCredentialNotFound({ id: call.params.application_credential_id }),
  };
}
