import { endpoint } from '#compute/api/endpoint.ts';
import { quotaErrors } from '#compute/quotas/errors.ts';
import { readQuota } from '#compute/quotas/read.ts';
import { quotaTarget } from './target.ts';
import { quotaWire } from './wire.ts';

export const showQuota = endpoint({
  method: 'GET',
  path: '/os-quota-sets/{quota_project_id}',
  summary: 'Shows the quota of a project.',
  requires: ['ecs:quotas:get'],
  target: quotaTarget,
  status: 200,
  errors: [quotaErrors.notFound],
  handle: async (service, call, { projectId }) => {
    const values = await readQuota(service, projectId);
    return { quota_set: quotaWire.render({ id: projectId, values }, call.version) };
  },
});
