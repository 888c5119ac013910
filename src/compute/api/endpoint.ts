import type { ComputeService } from '#compute/service.ts';
import { endpointsOf } from '#endpoints/endpoint.ts';

/** The declaration that every file under this folder makes. */
export const endpoint = endpointsOf<ComputeService>();
