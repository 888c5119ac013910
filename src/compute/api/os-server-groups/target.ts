import { serverGroupErrors } from '#compute/server-groups/errors.ts';
import { type ServerGroup, serverGroupThing } from '#compute/server-groups/server-group.ts';
import { findGroup } from '#compute/server-groups/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Call } from '#endpoints/endpoint.ts';

type GroupCall = Call<{ server_group_id: string }, unknown, unknown>;

/** The group named in the path; foreign ones look as if they did not exist. */
export const serverGroupTarget = {
  find: (service: ComputeService, call: GroupCall): Promise<ServerGroup | undefined> =>
    findGroup(service.database.queries, call.params.server_group_id),
  thing: serverGroupThing,
  absent: (call: GroupCall) => serverGroupErrors.notFound({ id: call.params.server_group_id }),
};
