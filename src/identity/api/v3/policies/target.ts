import type { IdentityContext } from '../../../context.ts';
import { identityErrors } from '../../../errors.ts';
import { listPolicyRows } from '../../../policy-blobs/store.ts';
import { seenByAnyone } from '../visibility.ts';

type PolicyCall = { params: { policy_id: string } };

/** For endpoints that require an action. */
export const anyPolicy = {
  find: async (service: IdentityContext, call: PolicyCall) => {
    const policies = await listPolicyRows(service.database.queries);
    return policies.find(({ id }) => id === call.params.policy_id);
  },
  visible: seenByAnyone,
  absent: (call: PolicyCall) => identityErrors.policyNotFound({ id: call.params.policy_id }),
};
