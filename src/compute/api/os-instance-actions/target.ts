import { serverTarget } from '#compute/api/servers/target.ts';
import type { Server } from '#compute/servers/server.ts';
import { findServerEverMade } from '#compute/servers/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Call } from '#endpoints/endpoint.ts';

/** Since 2.21 what was done to a server can be read when it is gone. */
export const serverEverMadeTarget = {
  ...serverTarget,
  find: (
    service: ComputeService,
    call: Call<{ server_id: string }, unknown, unknown>,
  ): Promise<Server | undefined> =>
    findServerEverMade(service.database.queries, call.params.server_id),
};
