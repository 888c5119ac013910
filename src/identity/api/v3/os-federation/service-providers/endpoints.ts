import { createServiceProvider } from './create.ts';
import { deleteServiceProviderEndpoint } from './delete.ts';
import { listServiceProvidersEndpoint } from './list.ts';
import { showServiceProvider } from './show.ts';
import { updateServiceProvider } from './update.ts';

export const serviceProviderEndpoints = [
  listServiceProvidersEndpoint,
  createServiceProvider,
  showServiceProvider,
  updateServiceProvider,
  deleteServiceProviderEndpoint,
];
