import { Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { quotaErrors } from '#compute/quotas/errors.ts';
import { resetQuota } from '#compute/quotas/update.ts';
import { quotaTarget } from './target.ts';

export const deleteQuota = endpoint({
  method: 'DELETE',
  path: '/os-quota-sets/{quota_project_id}',
  summary: 'Gives a project the default quota again.',
  requires: ['ecs:quotas:delete'],
  target: quotaTarget,
  query: Type.Object({ user_id: Type.Optional(Type.String()) }),
  status: 202,
  errors: [quotaErrors.notFound, quotaErrors.perUser],
  handle: async (service, call, owner) => {
    if (call.query.user_id !== undefined) throw quotaErrors.perUser();
    await resetQuota(service, owner);
  },
});
