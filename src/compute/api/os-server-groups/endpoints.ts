import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { createServerGroup } from './create-server-group.ts';
import { deleteServerGroup } from './delete-server-group.ts';
import { listServerGroups } from './list-server-groups.ts';
import { showServerGroup } from './show-server-group.ts';

export const serverGroupEndpoints: readonly Endpoint<ComputeService>[] = [
  createServerGroup,
  listServerGroups,
  showServerGroup,
  deleteServerGroup,
];
