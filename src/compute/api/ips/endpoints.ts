import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { listIps, showIps } from './list-ips.ts';

export const ipEndpoints: readonly Endpoint<ComputeService>[] = [listIps, showIps];
