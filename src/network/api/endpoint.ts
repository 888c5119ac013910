import { endpointsOf } from '#endpoints/endpoint.ts';
import type { NetworkService } from '../service.ts';

export const endpoint = endpointsOf<NetworkService>();
