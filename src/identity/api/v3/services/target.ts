import { wholeCatalog } from '../../../catalog/whole.ts';
import type { IdentityContext } from '../../../context.ts';
import { identityErrors } from '../../../errors.ts';
import { seenByAnyone } from '../visibility.ts';

type ServiceCall = { params: { service_id: string } };

/** For endpoints that require an action, or show what everyone may see. */
export const anyService = {
  find: async (service: IdentityContext, call: ServiceCall) =>
    (await wholeCatalog(service)).services.find(({ id }) => id === call.params.service_id),
  visible: seenByAnyone,
  absent: (call: ServiceCall) => identityErrors.serviceNotFound({ id: call.params.service_id }),
};
