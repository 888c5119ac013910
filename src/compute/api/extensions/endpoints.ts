import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { listExtensions } from './list-extensions.ts';
import { showExtension } from './show-extension.ts';

export const extensionEndpoints: readonly Endpoint<ComputeService>[] = [
  listExtensions,
  showExtension,
];
