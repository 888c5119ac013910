import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { deleteService } from './delete-service.ts';
import { listServices } from './list-services.ts';
import { updateService } from './update-service.ts';
import { updateServiceNamed } from './update-service-named.ts';

export const serviceEndpoints: readonly Endpoint<ComputeService>[] = [
  listServices,
  ...updateServiceNamed,
  updateService,
  ...deleteService,
];
