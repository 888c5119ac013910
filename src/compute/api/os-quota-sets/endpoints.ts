import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { deleteQuota } from './delete-quota.ts';
import { showDefaultQuota } from './show-default-quota.ts';
import { showQuota } from './show-quota.ts';
import { showQuotaDetail } from './show-quota-detail.ts';
import { updateQuota } from './update-quota.ts';

export const quotaEndpoints: readonly Endpoint<ComputeService>[] = [
  showQuota,
  showQuotaDetail,
  showDefaultQuota,
  updateQuota,
  deleteQuota,
];
