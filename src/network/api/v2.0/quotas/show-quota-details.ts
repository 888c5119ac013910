import { defaultQuota, type QuotaResource } from '../../../quotas/quota.ts';
import { countUsed } from '../../../quotas/store.ts';
import type { NetworkService } from '../../../service.ts';
import { endpoint } from '../../endpoint.ts';
import { requireQuotaSeen } from './target.ts';

/** Clients ask under either name; the second is what older ones send. */
const paths = ['/quotas/{project_id}/details', '/quotas/{project_id}/details.json'] as const;

export const showQuotaDetailsEndpoints = paths.map((path) =>
  endpoint({
    method: 'GET',
    path,
    summary: 'Shows what a project may have, and what of that it uses.',
    requires: ['vpc:quotas:get'],
    status: 200,
    handle: async (service, { actor, params }) => {
      requireQuotaSeen(actor, params.project_id);
      return { quota: await usage(service, params.project_id) };
    },
  }),
);

async function usage({ context }: NetworkService, projectId: string) {
  const quota: Record<string, { limit: number; used: number; reserved: number }> = {};
  for (const resource of Object.keys(defaultQuota) as QuotaResource[]) {
    const used = await countUsed(context.database.queries, resource, projectId);
    quota[resource] = { limit: defaultQuota[resource], used, reserved: 0 };
  }
  return quota;
}
