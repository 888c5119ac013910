import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { createEvents } from './create-events.ts';

export const externalEventEndpoints: readonly Endpoint<ComputeService>[] = [createEvents];
