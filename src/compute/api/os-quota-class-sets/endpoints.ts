import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { showQuotaClass } from './show-quota-class.ts';
import { updateQuotaClass } from './update-quota-class.ts';

export const quotaClassEndpoints: readonly Endpoint<ComputeService>[] = [
  showQuotaClass,
  updateQuotaClass,
];
