import { computeErrors } from '#compute/errors.ts';
import { describeServer } from '#compute/servers/described.ts';
import type { Server } from '#compute/servers/server.ts';
import { findServer } from '#compute/servers/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Call } from '#endpoints/endpoint.ts';

/** The server named in the path; foreign ones look as if they did not exist. */
export const serverTarget = {
  find: (
    service: ComputeService,
    call: Call<{ server_id: string }, unknown, unknown>,
  ): Promise<Server | undefined> => findServer(service.database.queries, call.params.server_id),
  thing: {
    type: 'instance',
    of: (server: Server, service: ComputeService) => describeServer(service, server),
  } as const,
  absent: (call: Call<{ server_id: string }, unknown, unknown>) =>
    computeErrors.serverNotFound({ id: call.params.server_id }),
};
