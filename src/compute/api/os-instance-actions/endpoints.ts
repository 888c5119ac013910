import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { listActions } from './list-actions.ts';
import { showAction } from './show-action.ts';

export const instanceActionEndpoints: readonly Endpoint<ComputeService>[] = [
  ...listActions,
  ...showAction,
];
