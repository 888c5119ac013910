import { endpoint } from '#compute/api/endpoint.ts';
import { quotaErrors } from '#compute/quotas/errors.ts';
import { type QuotaResource, quotaResources } from '#compute/quotas/quota.ts';
import { readQuotaUse } from '#compute/quotas/read.ts';
import { quotaTarget } from './target.ts';
import { quotaWire } from './wire.ts';

export const showQuotaDetail = endpoint({
  method: 'GET',
  path: '/os-quota-sets/{quota_project_id}/detail',
  summary: 'Shows the quota of a project with what is in use.',
  requires: ['ecs:quotas:get'],
  target: quotaTarget,
  status: 200,
  errors: [quotaErrors.notFound],
  handle: async (service, call, { projectId }) => {
    const { quota, usage } = await readQuotaUse(service, projectId);
    const rows = quotaResources.map((name) => [
      name,
      // Usage is counted when it is claimed, so that nothing is ever only reserved.
      { limit: quota[name], in_use: usage[name], reserved: 0 },
    ]);
    const values = Object.fromEntries(rows) as Record<QuotaResource, unknown>;
    return { quota_set: quotaWire.render({ id: projectId, values }, call.version) };
  },
});
