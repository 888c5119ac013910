import { createMapping } from './create.ts';
import { deleteMappingEndpoint } from './delete.ts';
import { listMappingsEndpoint } from './list.ts';
import { showMapping } from './show.ts';
import { updateMapping } from './update.ts';

export const mappingEndpoints = [
  listMappingsEndpoint,
  createMapping,
  showMapping,
  updateMapping,
  deleteMappingEndpoint,
];
