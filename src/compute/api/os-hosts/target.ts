import { hostErrors } from '#compute/hosts/errors.ts';
import { findHost, type HostRow } from '#compute/hosts/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Call } from '#endpoints/endpoint.ts';

type HostCall = Call<{ host_name: string }, unknown, unknown>;

export const hostTarget = {
  find: (service: ComputeService, call: HostCall): Promise<HostRow | undefined> =>
    findHost(service.database.queries, call.params.host_name),
  visible: () => true,
  absent: (call: HostCall) => hostErrors.notFound({ host: call.params.host_name }),
};
