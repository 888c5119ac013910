import { Type } from 'typebox';
import { closedSince } from '#compute/api/closed-query.ts';
import { knownQuery } from '#compute/api/known-query.ts';
import { quotaErrors } from '#compute/quotas/errors.ts';
import type { QuotaSubject } from '#compute/quotas/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Call } from '#endpoints/endpoint.ts';

type QuotaCall = Call<{ quota_project_id: string }, unknown, unknown>;

const idCharacters = 255;

/** With a user's id it is about what that user may take of the project's quota. */
export const quotaQuery = closedSince('2.75', {
  user_id: Type.Optional(Type.String({ maxLength: idCharacters })),
});

/** Every project has a quota, also one that compute never saw; only its own members see it. */
export const quotaTarget = {
  find: async (_service: ComputeService, call: QuotaCall): Promise<QuotaSubject | undefined> => {
    const { quota_project_id: projectId } = call.params;
    if ([...projectId].length > idCharacters) return undefined;
    return { projectId, userId: knownQuery(quotaQuery, call).user_id || undefined };
  },
  absent: (call: QuotaCall) => quotaErrors.notFound({ projectId: call.params.quota_project_id }),
};
