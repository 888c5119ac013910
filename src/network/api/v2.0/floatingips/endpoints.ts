import type { Endpoint } from '#endpoints/endpoint.ts';
import type { NetworkService } from '../../../service.ts';
import { createFloatingIpEndpoint } from './create-floatingip.ts';
import { deleteFloatingIpEndpoint } from './delete-floatingip.ts';
import { listFloatingIpsEndpoint } from './list-floatingips.ts';
import { showFloatingIpEndpoint } from './show-floatingip.ts';
import { updateFloatingIpEndpoint } from './update-floatingip.ts';

export const floatingIpEndpoints: readonly Endpoint<NetworkService>[] = [
  listFloatingIpsEndpoint,
  showFloatingIpEndpoint,
  createFloatingIpEndpoint,
  updateFloatingIpEndpoint,
  deleteFloatingIpEndpoint,
];
