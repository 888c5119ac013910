import { wholeCatalog } from '../../../catalog/whole.ts';
import type { IdentityContext } from '../../../context.ts';
import { identityErrors } from '../../../errors.ts';
import { seenByAnyone } from '../visibility.ts';

type EndpointCall = { params: { endpoint_id: string } };

/** For endpoints that require an action, or show what everyone may see. */
export const anyEndpoint = {
  find: async (service: IdentityContext, call: EndpointCall) =>
    (await wholeCatalog(service)).endpoints.find(({ id }) => id === call.params.endpoint_id),
  visible: seenByAnyone,
  absent: (call: EndpointCall) => identityErrors.endpointNotFound({ id: call.params.endpoint_id }),
};
