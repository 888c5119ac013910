import type { IdentityContext } from '../context.ts';
import type { IdentityProvider, Mapping, Protocol, ServiceProvider } from './provider.ts';
import {
  listMappingRows,
  listProtocolRows,
  listProviderRows,
  listServiceProviderRows,
} from './store.ts';

export function listProviders(context: IdentityContext): Promise<IdentityProvider[]> {
  return listProviderRows(context.database.queries);
}

export function listMappings(context: IdentityContext): Promise<Mapping[]> {
  return listMappingRows(context.database.queries);
}

export function listProtocols(context: IdentityContext, idpId: string): Promise<Protocol[]> {
  return listProtocolRows(context.database.queries, idpId);
}

export function listServiceProviders(context: IdentityContext): Promise<ServiceProvider[]> {
  return listServiceProviderRows(context.database.queries);
}
