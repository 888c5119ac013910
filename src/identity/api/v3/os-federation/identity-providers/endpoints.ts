import { createProvider } from './create.ts';
import { deleteProviderEndpoint } from './delete.ts';
import { listProvidersEndpoint } from './list.ts';
import { showProvider } from './show.ts';
import { updateProvider } from './update.ts';

export const providerEndpoints = [
  listProvidersEndpoint,
  createProvider,
  showProvider,
  updateProvider,
  deleteProviderEndpoint,
];
