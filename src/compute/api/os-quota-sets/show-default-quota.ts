import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { quotaErrors } from '#compute/quotas/errors.ts';
import { readDefaultQuota } from '#compute/quotas/read.ts';
import { requireProject } from './target.ts';
import { quotaAnswer, quotaWire } from './wire.ts';

/** The defaults are everyone's, so that the project in the path is only echoed. */
export const showDefaultQuota = endpoint({
  method: 'GET',
  path: '/os-quota-sets/{quota_project_id}/defaults',
  summary: 'Shows the quota that projects have by default.',
  requires: ['ecs:quotas:get'],
  query: noQuery,
  status: 200,
  isKept: true,
  response: quotaAnswer(quotaWire),
  errors: [quotaErrors.projectUnknown],
  handle: async (service, call) => {
    const { quota_project_id: id } = call.params;
    await requireProject(service, call, id);
    const view = { id, values: await readDefaultQuota(service) };
    return { quota_set: quotaWire.render(view, call.version) };
  },
});
