import { hash } from 'node:crypto';
import type { Actor } from '#policy/actor.ts';
import { mayPerform } from '#policy/engine.ts';
import type { IdentityContext } from '../../../../../context.ts';
import { type Ec2Credential, findEc2Credential } from '../../../../../ec2/list.ts';
import { identityErrors } from '../../../../../errors.ts';
import { ofReachable } from '../../../../../users/reachable.ts';

type Ec2Call = { actor: Actor; params: { user_id: string; credential_id: string } };

/** A pair of keys of the user whom the path names: one's own, or with the action anybody's. */
export function ec2CredentialOr(action: string) {
  return {
    find: async (service: IdentityContext, call: Ec2Call): Promise<Ec2Credential | undefined> => {
      const id = hash('sha256', call.params.credential_id, 'hex');
      const found = await findEc2Credential(service, id);
      if (found?.userId !== call.params.user_id) return undefined;
      return ofReachable(service, call.actor, found);
    },
    visible: (actor: Actor, credential: Ec2Credential) =>
      actor.userId === credential.userId || mayPerform(actor, action),
    absent: (call: Ec2Call) => identityErrors.credentialNotFound({ id: call.params.credential_id }),
  };
}
