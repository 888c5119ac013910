import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { createFloatingIp } from './create-floating-ip.ts';
import { deleteFloatingIp } from './delete-floating-ip.ts';
import { listFloatingIpPools } from './list-floating-ip-pools.ts';
import { listFloatingIps } from './list-floating-ips.ts';
import { addFloatingIp, removeFloatingIp } from './server-actions.ts';
import { showFloatingIp } from './show-floating-ip.ts';

export const floatingIpEndpoints: readonly Endpoint<ComputeService>[] = [
  listFloatingIps,
  createFloatingIp,
  showFloatingIp,
  deleteFloatingIp,
  listFloatingIpPools,
  addFloatingIp,
  removeFloatingIp,
];
