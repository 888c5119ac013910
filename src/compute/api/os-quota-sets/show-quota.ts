import { endpoint } from '#compute/api/endpoint.ts';
import { quotaErrors } from '#compute/quotas/errors.ts';
import { readDefaultQuota, readQuota } from '#compute/quotas/read.ts';
import { quotaQuery, quotaTarget } from './target.ts';
import { quotaAnswer, quotaWire } from './wire.ts';

export const showQuota = endpoint({
  method: 'GET',
  path: '/os-quota-sets/{quota_project_id}',
  summary: 'Shows the quota of a project, or what one user may take of it.',
  requires: ['ecs:quotas:get'],
  target: quotaTarget,
  query: quotaQuery,
  status: 200,
  isKept: true,
  response: quotaAnswer(quotaWire),
  errors: [quotaErrors.notFound, quotaErrors.projectUnknown],
  handle: async (service, call, subject) => {
    const { projectId, userId } = subject;
    // The 2017 reference (16.1) has the default quota for a user who does not exist.
    const isNobody =
      call.surface === 'compute-v2' &&
      userId !== undefined &&
      !(await service.identity.hasUser(userId));
    const read = isNobody ? readDefaultQuota(service) : readQuota(service, subject);
    const view = { id: projectId, values: await read };
    return { quota_set: quotaWire.render(view, call.version) };
  },
});
