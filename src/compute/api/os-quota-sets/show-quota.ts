import { endpoint } from '#compute/api/endpoint.ts';
import { quotaErrors } from '#compute/quotas/errors.ts';
import { readQuota } from '#compute/quotas/read.ts';
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
  errors: [quotaErrors.notFound],
  handle: async (service, call, subject) => {
    const view = { id: subject.projectId, values: await readQuota(service, subject) };
    return { quota_set: quotaWire.render(view, call.version) };
  },
});
