import { createEndpointEndpoint } from './create-endpoint.ts';
import { deleteEndpointEndpoint } from './delete-endpoint.ts';
import { listEndpoints } from './list-endpoints.ts';
import { showEndpoint } from './show-endpoint.ts';
import { updateEndpointEndpoint } from './update-endpoint.ts';

export const endpointEndpoints = [
  listEndpoints,
  createEndpointEndpoint,
  showEndpoint,
  updateEndpointEndpoint,
  deleteEndpointEndpoint,
];
