import type { Actor } from '#policy/actor.ts';
import { mayPerform } from '#policy/engine.ts';
import type { IdentityContext } from '../../../context.ts';
import { identityErrors } from '../../../errors.ts';
import type { ShownLimit } from '../../../limits/limit.ts';
import { listLimitRows } from '../../../limits/store.ts';
import { seenByAnyone } from '../visibility.ts';

type LimitCall = { params: { limit_id: string } };

const lookUp = {
  find: async (service: IdentityContext, call: LimitCall) => {
    const limits = await listLimitRows(service.database.queries, {});
    return limits.find(({ id }) => id === call.params.limit_id);
  },
  absent: (call: LimitCall) => identityErrors.limitNotFound({ id: call.params.limit_id }),
};

/** For endpoints that require an action. */
export const anyLimit = { ...lookUp, visible: seenByAnyone };

/** The limits of the token's project, and of the domain of either; with permission any. */
export const shownLimit = {
  ...lookUp,
  visible: (actor: Actor, limit: ShownLimit) =>
    [actor.projectId, actor.projectDomainId, actor.domainId].includes(limit.ownerId) ||
    mayPerform(actor, 'identity:limits:get'),
};
