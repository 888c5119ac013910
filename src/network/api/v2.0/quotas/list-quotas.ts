import { listQuotas } from '../../../quotas/read.ts';
import { endpoint } from '../../endpoint.ts';
import { quotasAnswer } from './answers.ts';

export const listQuotasEndpoint = endpoint({
  method: 'GET',
  path: '/quotas',
  summary: 'Lists the quotas of projects that have other ones than the default.',
  requires: ['vpc:quotas:listAllProjects'],
  status: 200,
  response: quotasAnswer,
  handle: async ({ context }) => ({
    quotas: (await listQuotas(context)).map(([id, quota]) => {
      return { ...quota, project_id: id, tenant_id: id };
    }),
  }),
});
