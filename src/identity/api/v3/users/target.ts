import type { IdentityContext } from '../../../context.ts';
import { identityErrors } from '../../../errors.ts';
import { findUser } from '../../../users/store.ts';
import { seenBySelfOr, seenInDomain } from '../visibility.ts';

type UserCall = { params: { user_id: string } };

const lookUp = {
  find: (service: IdentityContext, call: UserCall) =>
    findUser(service.database.queries, call.params.user_id),
  absent: (call: UserCall) => identityErrors.userNotFound({ id: call.params.user_id }),
};

/** For endpoints that require an action. */
export const anyUser = { ...lookUp, visible: seenInDomain };

/** For endpoints that users may ask about themselves. */
export function oneselfOr(action: string) {
  return { ...lookUp, visible: seenBySelfOr(action) };
}
