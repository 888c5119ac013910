import { endpoint } from '#compute/api/endpoint.ts';
import { quotaErrors } from '#compute/quotas/errors.ts';
import { type QuotaResource, quotaResources } from '#compute/quotas/quota.ts';
import { readQuotaUse } from '#compute/quotas/read.ts';
import { quotaQuery, quotaTarget } from './target.ts';
import { detailedQuotaWire, quotaAnswer } from './wire.ts';

export const showQuotaDetail = endpoint({
  method: 'GET',
  path: '/os-quota-sets/{quota_project_id}/detail',
  summary: 'Shows the quota of a project, or of one user of it, with what is in use.',
  requires: ['ecs:quotas:get'],
  target: quotaTarget,
  query: quotaQuery,
  status: 200,
  isKept: true,
  response: quotaAnswer(detailedQuotaWire),
  errors: [quotaErrors.notFound, quotaErrors.projectUnknown],
  handle: async (service, call, subject) => {
    const { quota, usage } = await readQuotaUse(service, subject);
    const rows = quotaResources.map((name) => [
      name,
      // Usage is counted when it is claimed, so that nothing is ever only reserved.
      { limit: quota[name], in_use: usage[name], reserved: 0 },
    ]);
    const values = Object.fromEntries(rows) as Record<QuotaResource, unknown>;
    const view = { id: subject.projectId, values };
    return { quota_set: detailedQuotaWire.render(view, call.version) };
  },
});
