import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { hostPowerActions } from './power-actions.ts';
import { listHosts, showHost } from './read-hosts.ts';
import { updateHost } from './update-host.ts';

export const hostEndpoints: readonly Endpoint<ComputeService>[] = [
  listHosts,
  showHost,
  updateHost,
  ...hostPowerActions,
];
