import { Type } from 'typebox';
import { closedSince } from '#compute/api/closed-query.ts';
import { knownQuery } from '#compute/api/known-query.ts';
import { quotaErrors } from '#compute/quotas/errors.ts';
import type { QuotaSubject } from '#compute/quotas/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Call } from '#endpoints/endpoint.ts';
import { isAdmin } from '#policy/actor.ts';

type QuotaCall = Call<{ quota_project_id: string }, unknown, unknown>;

const idCharacters = 255;

/** With a user's id it is about what that user may take of the project's quota. */
export const quotaQuery = closedSince('2.75', {
  user_id: Type.Optional(Type.String({ maxLength: idCharacters })),
});

/** Every project has a quota, also one that compute never saw; only its own members see it. */
export const quotaTarget = {
  find: async (service: ComputeService, call: QuotaCall): Promise<QuotaSubject | undefined> => {
    const subject = await anyQuotaTarget.find(service, call);
    if (subject && isAdmin(call.actor)) await requireProject(service, call, subject.projectId);
    return subject;
  },
  absent: (call: QuotaCall) => quotaErrors.notFound({ projectId: call.params.quota_project_id }),
};

/** The same also of a project that is gone: what was set for it can still be forgotten. */
export const anyQuotaTarget = {
  find: async (_service: ComputeService, call: QuotaCall): Promise<QuotaSubject | undefined> => {
    const { quota_project_id: projectId } = call.params;
    if ([...projectId].length > idCharacters) return undefined;
    return { projectId, userId: knownQuery(quotaQuery, call).user_id || undefined };
  },
  absent: quotaTarget.absent,
};

/**
 * The 2017 reference (16.1) has the default quota for a project that does not exist, Nova a
 * refusal. @throws ProjectUnknown (400)
 */
export async function requireProject(
  service: ComputeService,
  call: Pick<QuotaCall, 'surface'>,
  projectId: string,
): Promise<void> {
  if (call.surface === 'compute-v2') return;
  if (!(await service.identity.hasProject(projectId))) {
    throw quotaErrors.projectUnknown({ projectId });
  }
}
