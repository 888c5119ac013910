import { quotaErrors } from '#compute/quotas/errors.ts';
import type { QuotaOwner } from '#compute/quotas/update.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Call } from '#endpoints/endpoint.ts';

type QuotaCall = Call<{ quota_project_id: string }, unknown, unknown>;

/** Every project has a quota, also one that compute never saw; only its own members see it. */
export const quotaTarget = {
  find: async (_service: ComputeService, call: QuotaCall): Promise<QuotaOwner | undefined> => ({
    projectId: call.params.quota_project_id,
  }),
  absent: (call: QuotaCall) => quotaErrors.notFound({ projectId: call.params.quota_project_id }),
};
