import { defaultQuota } from '../../../quotas/quota.ts';
import { endpoint } from '../../endpoint.ts';
import { requireQuotaSeen } from './require-seen.ts';

export const showQuotaEndpoint = endpoint({
  method: 'GET',
  path: '/quotas/{project_id}',
  summary: 'Shows what a project may have.',
  requires: ['vpc:quotas:get'],
  status: 200,
  handle: async (_service, { actor, params }) => {
    requireQuotaSeen(actor, params.project_id);
    return { quota: defaultQuota };
  },
});
