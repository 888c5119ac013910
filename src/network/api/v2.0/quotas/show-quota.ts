import { readQuota } from '../../../quotas/read.ts';
import { endpoint } from '../../endpoint.ts';
import { quotaAnswer } from './answers.ts';
import { requireQuotaSeen } from './require-seen.ts';

export const showQuotaEndpoint = endpoint({
  method: 'GET',
  path: '/quotas/{project_id}',
  summary: 'Shows what a project may have.',
  requires: ['vpc:quotas:get'],
  status: 200,
  response: quotaAnswer,
  handle: async ({ context }, { actor, params }) => {
    requireQuotaSeen(actor, params.project_id);
    return { quota: await readQuota(context, params.project_id) };
  },
});
