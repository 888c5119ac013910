import type { IdentityContext } from '../../../context.ts';
import { identityErrors } from '../../../errors.ts';
import {
  listMappingRows,
  listProtocolRows,
  listProviderRows,
  listServiceProviderRows,
} from '../../../federation/store.ts';
import { seenByAnyone } from '../visibility.ts';

type ProviderCall = { params: { idp_id: string } };
type ProtocolCall = { params: { idp_id: string; protocol_id: string } };
type MappingCall = { params: { mapping_id: string } };
type ServiceProviderCall = { params: { sp_id: string } };

export const anyProvider = {
  find: async (service: IdentityContext, call: ProviderCall) => {
    const providers = await listProviderRows(service.database.queries);
    return providers.find(({ id }) => id === call.params.idp_id);
  },
  visible: seenByAnyone,
  absent: (call: ProviderCall) => identityErrors.providerNotFound({ id: call.params.idp_id }),
};

export const anyProtocol = {
  find: async (service: IdentityContext, call: ProtocolCall) => {
    const protocols = await listProtocolRows(service.database.queries, call.params.idp_id);
    return protocols.find(({ id }) => id === call.params.protocol_id);
  },
  visible: seenByAnyone,
  absent: (call: ProtocolCall) => identityErrors.protocolNotFound({ id: call.params.protocol_id }),
};

export const anyMapping = {
  find: async (service: IdentityContext, call: MappingCall) => {
    const mappings = await listMappingRows(service.database.queries);
    return mappings.find(({ id }) => id === call.params.mapping_id);
  },
  visible: seenByAnyone,
  absent: (call: MappingCall) => identityErrors.mappingNotFound({ id: call.params.mapping_id }),
};

export const anyServiceProvider = {
  find: async (service: IdentityContext, call: ServiceProviderCall) => {
    const providers = await listServiceProviderRows(service.database.queries);
    return providers.find(({ id }) => id === call.params.sp_id);
  },
  visible: seenByAnyone,
  absent: (call: ServiceProviderCall) =>
    identityErrors.serviceProviderNotFound({ id: call.params.sp_id }),
};

/** Ids are the administrator's choice, within what a column and a path can hold. */
export function chosenId(id: string): string {
  if (/^[A-Za-z0-9._~-]{1,64}$/.test(id)) return id;
  const reason = 'An id has 1 to 64 letters, digits and the characters . _ ~ -';
  throw identityErrors.invalid({ reason });
}
