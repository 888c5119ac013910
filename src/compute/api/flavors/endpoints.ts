import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { addTenantAccess } from './action/add-tenant-access.ts';
import { removeTenantAccess } from './action/remove-tenant-access.ts';
import { createFlavor } from './create-flavor.ts';
import { deleteFlavor } from './delete-flavor.ts';
import { listFlavors, listFlavorsDetail } from './list-flavors.ts';
import { createExtraSpecs } from './os-extra-specs/create-extra-specs.ts';
import { deleteExtraSpec } from './os-extra-specs/delete-extra-spec.ts';
import { listExtraSpecs } from './os-extra-specs/list-extra-specs.ts';
import { showExtraSpec } from './os-extra-specs/show-extra-spec.ts';
import { updateExtraSpec } from './os-extra-specs/update-extra-spec.ts';
import { listFlavorAccess } from './os-flavor-access/list-flavor-access.ts';
import { showFlavor } from './show-flavor.ts';
import { updateFlavor } from './update-flavor.ts';

export const flavorEndpoints: readonly Endpoint<ComputeService>[] = [
  listFlavors,
  listFlavorsDetail,
  showFlavor,
  createFlavor,
  updateFlavor,
  deleteFlavor,
  listExtraSpecs,
  showExtraSpec,
  ...createExtraSpecs,
  ...updateExtraSpec,
  deleteExtraSpec,
  listFlavorAccess,
  ...addTenantAccess,
  removeTenantAccess,
];
