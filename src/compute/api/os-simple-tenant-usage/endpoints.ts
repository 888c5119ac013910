import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { listUsage } from './list-usage.ts';
import { showUsage } from './show-usage.ts';

export const usageEndpoints: readonly Endpoint<ComputeService>[] = [...listUsage, ...showUsage];
