import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { deleteItem } from './delete-item.ts';
import { listMetadata } from './list-metadata.ts';
import { replaceMetadata } from './replace-metadata.ts';
import { setItem } from './set-item.ts';
import { showItem } from './show-item.ts';
import { updateMetadata } from './update-metadata.ts';

export const metadataEndpoints: readonly Endpoint<ComputeService>[] = [
  listMetadata,
  replaceMetadata,
  updateMetadata,
  showItem,
  setItem,
  deleteItem,
];
