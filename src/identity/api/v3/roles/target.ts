import type { IdentityContext } from '../../../context.ts';
import { identityErrors } from '../../../errors.ts';
import type { RolePair } from '../../../roles/inferences.ts';
import { findRole } from '../../../roles/store.ts';
import { seenByAnyone } from '../visibility.ts';

type RoleCall = { params: { role_id: string } };
type PairCall = { params: { role_id: string; implied_role_id: string } };

const absent = (call: RoleCall) => identityErrors.roleNotFound({ id: call.params.role_id });

/** For endpoints that require an action. */
export const anyRole = {
  find: (service: IdentityContext, call: RoleCall) =>
    findRole(service.database.queries, call.params.role_id),
  visible: seenByAnyone,
  absent,
};

/** Two roles, whether or not the first implies the second. */
export const anyRolePair = {
  find: async (service: IdentityContext, call: PairCall): Promise<RolePair | undefined> => {
    const { role_id: priorId, implied_role_id: impliedId } = call.params;
    const { queries } = service.database;
    const [prior, implied] = await Promise.all([
      findRole(queries, priorId),
      findRole(queries, impliedId),
    ]);
    if (!prior) return undefined;
    if (!implied) throw identityErrors.roleNotFound({ id: impliedId });
    return { prior, implied };
  },
  visible: seenByAnyone,
  absent,
};
