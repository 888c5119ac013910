import { resetQuota } from '../../../quotas/update.ts';
import { endpoint } from '../../endpoint.ts';

export const deleteQuotaEndpoint = endpoint({
  method: 'DELETE',
  path: '/quotas/{project_id}',
  summary: 'Gives a project the default quota again.',
  requires: ['vpc:quotas:delete'],
  status: 204,
  handle: ({ context }, { params }) => resetQuota(context, params.project_id),
});
