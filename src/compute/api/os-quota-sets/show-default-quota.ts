import { endpoint } from '#compute/api/endpoint.ts';
import { defaultQuotaOf } from '#compute/quotas/quota.ts';
import { quotaWire } from './wire.ts';

/** The defaults are everyone's, so that the project in the path is only echoed. */
export const showDefaultQuota = endpoint({
  method: 'GET',
  path: '/os-quota-sets/{quota_project_id}/defaults',
  summary: 'Shows the quota that projects have by default.',
  requires: ['ecs:quotas:get'],
  status: 200,
  handle: async (service, call) => {
    const view = { id: call.params.quota_project_id, values: defaultQuotaOf(service.quota) };
    return { quota_set: quotaWire.render(view, call.version) };
  },
});
