import { createNamedRegion, createRegionEndpoint } from './create-region.ts';
import { deleteRegionEndpoint } from './delete-region.ts';
import { listRegions } from './list-regions.ts';
import { showRegion } from './show-region.ts';
import { updateRegionEndpoint } from './update-region.ts';

export const regionEndpoints = [
  listRegions,
  createRegionEndpoint,
  createNamedRegion,
  showRegion,
  updateRegionEndpoint,
  deleteRegionEndpoint,
];
