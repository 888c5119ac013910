import { quotaUsage } from '../../../quotas/usage.ts';
import { endpoint } from '../../endpoint.ts';
import { quotaUseAnswer } from './answers.ts';
import { requireQuotaSeen } from './require-seen.ts';

/** Clients ask under either name; the second is what older ones send. */
const paths = ['/quotas/{project_id}/details', '/quotas/{project_id}/details.json'] as const;

export const showQuotaDetailsEndpoints = paths.map((path) =>
  endpoint({
    method: 'GET',
    path,
    summary: 'Shows what a project may have, and what of that it uses.',
    requires: ['vpc:quotas:get'],
    status: 200,
    response: quotaUseAnswer,
    handle: async ({ context }, { actor, params }) => {
      requireQuotaSeen(actor, params.project_id);
      return { quota: await quotaUsage(context, params.project_id) };
    },
  }),
);
