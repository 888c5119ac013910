import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { listInterfaces } from './list-interfaces.ts';

export const interfaceEndpoints: readonly Endpoint<ComputeService>[] = [listInterfaces];
