import { endpoint } from '#compute/api/endpoint.ts';
import { quotaErrors } from '#compute/quotas/errors.ts';
import { resetQuota } from '#compute/quotas/update.ts';
import { anyQuotaTarget, quotaQuery } from './target.ts';

export const deleteQuota = endpoint({
  method: 'DELETE',
  path: '/os-quota-sets/{quota_project_id}',
  summary: 'Gives a project, or one user of it, the default quota again.',
  requires: ['ecs:quotas:delete'],
  target: anyQuotaTarget,
  query: quotaQuery,
  status: 202,
  errors: [quotaErrors.notFound],
  handle: (service, _call, subject) => resetQuota(service, subject),
});
