import { defaultQuota } from '../../../quotas/quota.ts';
import { endpoint } from '../../endpoint.ts';
import { quotaAnswer } from './answers.ts';

export const showDefaultQuotaEndpoint = endpoint({
  method: 'GET',
  path: '/quotas/{project_id}/default',
  summary: 'Shows what a project may have unless it was given more.',
  requires: ['vpc:quotas:get'],
  status: 200,
  response: quotaAnswer,
  handle: async () => ({ quota: defaultQuota }),
});
