import type { IdentityContext } from '../../../context.ts';
import { identityErrors } from '../../../errors.ts';
import { listRegisteredRows } from '../../../limits/store.ts';
import { seenByAnyone } from '../visibility.ts';

type LimitCall = { params: { registered_limit_id: string } };

/** What every project may have is everyone's to see. */
export const anyRegisteredLimit = {
  find: async (service: IdentityContext, call: LimitCall) => {
    const registered = await listRegisteredRows(service.database.queries);
    return registered.find(({ id }) => id === call.params.registered_limit_id);
  },
  visible: seenByAnyone,
  absent: (call: LimitCall) =>
    identityErrors.registeredLimitNotFound({ id: call.params.registered_limit_id }),
};
