import type { Actor } from '#policy/actor.ts';
import { mayPerform } from '#policy/engine.ts';
import type { AccessKey } from '../../../../access-keys/access-key.ts';
import { findAccessKey } from '../../../../access-keys/store.ts';
import type { IdentityContext } from '../../../../context.ts';
import { identityErrors } from '../../../../errors.ts';
import { ofReachable } from '../../../../users/reachable.ts';

type KeyCall = { actor: Actor; params: { access_key: string } };

/** One's own key, or with the action any. */
export function ownKeyOr(action: string) {
  return {
    find: async (service: IdentityContext, call: KeyCall) => {
      const found = await findAccessKey(service.database.queries, call.params.access_key);
      return ofReachable(service, call.actor, found);
    },
    visible: (actor: Actor, key: AccessKey) =>
      actor.userId === key.userId || mayPerform(actor, action),
    absent: (call: KeyCall) => identityErrors.accessKeyNotFound({ id: call.params.access_key }),
  };
}
