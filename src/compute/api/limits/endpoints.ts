import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { showLimits } from './show-limits.ts';

export const limitEndpoints: readonly Endpoint<ComputeService>[] = [showLimits];
