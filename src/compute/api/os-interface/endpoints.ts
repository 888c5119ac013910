import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { addFixedIp, removeFixedIp } from '../servers/actions/fixed-ips.ts';
import { attachInterface } from './attach-interface.ts';
import { detachInterface } from './detach-interface.ts';
import { listInterfaces } from './list-interfaces.ts';
import { showInterface } from './show-interface.ts';

export const interfaceEndpoints: readonly Endpoint<ComputeService>[] = [
  attachInterface,
  listInterfaces,
  showInterface,
  detachInterface,
  addFixedIp,
  removeFixedIp,
];
