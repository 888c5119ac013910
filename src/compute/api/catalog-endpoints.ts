import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { listExtensions } from './extensions/list-extensions.ts';
import { showExtension } from './extensions/show-extension.ts';
import { addTenantAccess } from './flavors/action/add-tenant-access.ts';
import { removeTenantAccess } from './flavors/action/remove-tenant-access.ts';
import { createFlavor } from './flavors/create-flavor.ts';
import { deleteFlavor } from './flavors/delete-flavor.ts';
import { listFlavors, listFlavorsDetail } from './flavors/list-flavors.ts';
import { createExtraSpecs } from './flavors/os-extra-specs/create-extra-specs.ts';
import { deleteExtraSpec } from './flavors/os-extra-specs/delete-extra-spec.ts';
import { listExtraSpecs } from './flavors/os-extra-specs/list-extra-specs.ts';
import { showExtraSpec } from './flavors/os-extra-specs/show-extra-spec.ts';
import { updateExtraSpec } from './flavors/os-extra-specs/update-extra-spec.ts';
import { listFlavorAccess } from './flavors/os-flavor-access/list-flavor-access.ts';
import { showFlavor } from './flavors/show-flavor.ts';
import { updateFlavor } from './flavors/update-flavor.ts';
import { showLimits } from './limits/show-limits.ts';
import { listZones, listZonesDetail } from './os-availability-zone/list-zones.ts';
import { createKeypair } from './os-keypairs/create-keypair.ts';
import { deleteKeypair } from './os-keypairs/delete-keypair.ts';
import { listKeypairs } from './os-keypairs/list-keypairs.ts';
import { showKeypair } from './os-keypairs/show-keypair.ts';
import { showQuotaClass } from './os-quota-class-sets/show-quota-class.ts';
import { deleteQuota } from './os-quota-sets/delete-quota.ts';
import { showDefaultQuota } from './os-quota-sets/show-default-quota.ts';
import { showQuota } from './os-quota-sets/show-quota.ts';
import { showQuotaDetail } from './os-quota-sets/show-quota-detail.ts';
import { updateQuota } from './os-quota-sets/update-quota.ts';
import { listVersions } from './versions/list-versions.ts';
import { showVersion2, showVersion21 } from './versions/show-version.ts';

/** Everything of compute beside servers. */
export const catalogEndpoints: readonly Endpoint<ComputeService>[] = [
  listFlavors,
  listFlavorsDetail,
  showFlavor,
  createFlavor,
  updateFlavor,
  deleteFlavor,
  listExtraSpecs,
  showExtraSpec,
  createExtraSpecs,
  updateExtraSpec,
  deleteExtraSpec,
  listFlavorAccess,
  addTenantAccess,
  removeTenantAccess,
  listKeypairs,
  showKeypair,
  ...createKeypair,
  ...deleteKeypair,
  showLimits,
  showQuota,
  showQuotaDetail,
  showDefaultQuota,
  updateQuota,
  deleteQuota,
  showQuotaClass,
  listZones,
  listZonesDetail,
  listExtensions,
  showExtension,
];

/** For a surface of its own at the root of the listener, without project and without versions. */
export const versionEndpoints: readonly Endpoint<ComputeService>[] = [
  listVersions,
  showVersion2,
  showVersion21,
];
