import { createServiceEndpoint } from './create-service.ts';
import { deleteServiceEndpoint } from './delete-service.ts';
import { listServices } from './list-services.ts';
import { showService } from './show-service.ts';
import { updateServiceEndpoint } from './update-service.ts';

export const serviceEndpoints = [
  listServices,
  createServiceEndpoint,
  showService,
  updateServiceEndpoint,
  deleteServiceEndpoint,
];
