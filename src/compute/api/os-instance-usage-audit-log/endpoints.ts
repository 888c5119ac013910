import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { listUsageAudit, showUsageAudit } from './read-audit.ts';

export const usageAuditEndpoints: readonly Endpoint<ComputeService>[] = [
  listUsageAudit,
  showUsageAudit,
];
