import { wholeCatalog } from '../../../../catalog/whole.ts';
import type { IdentityContext } from '../../../../context.ts';
import type { PolicyAssociation } from '../../../../endpoint-policy/store.ts';
import { identityErrors } from '../../../../errors.ts';
import { seenByAnyone } from '../../visibility.ts';
import { anyPolicy } from '../target.ts';

/** The call's parameters are named by the path's form, which types can not follow. */
interface AssociationCall {
  params: { policy_id: string };
}

/** A policy text and the place in the path, whether or not it is of it. */
export const oneAssociation = {
  find: async (
    service: IdentityContext,
    call: AssociationCall,
  ): Promise<PolicyAssociation | undefined> => {
    const policy = await anyPolicy.find(service, call);
    if (!policy) return undefined;
    const { endpoints, services, regions } = await wholeCatalog(service);
    const params = call.params as Record<string, string>;
    const named = (name: string, known: readonly { id: string }[], missing: NotFound) => {
      const id = params[name];
      if (id === undefined) return '';
      if (!known.some((one) => one.id === id)) throw missing({ id });
      return id;
    };
    return {
      policyId: policy.id,
      endpointId: named('endpoint_id', endpoints, identityErrors.endpointNotFound),
      serviceId: named('service_id', services, identityErrors.serviceNotFound),
      regionId: named('region_id', regions, identityErrors.regionNotFound),
    };
  },
  visible: seenByAnyone,
  absent: anyPolicy.absent,
};

type NotFound = (facts: { id: string }) => Error;
