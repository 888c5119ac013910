import { floatingErrors } from '../../../floating-ips/errors.ts';
import { findFloatingIp } from '../../../floating-ips/store.ts';
import type { NetworkService } from '../../../service.ts';
import { networkThing } from '../../../things.ts';

interface Named {
  params: { floatingip_id: string };
}

/** What `{floatingip_id}` in a path names. */
export const floatingIpTarget = {
  find: ({ context }: NetworkService, { params }: Named) =>
    findFloatingIp(context.database.queries, params.floatingip_id),
  thing: networkThing('floatingIp'),
  absent: ({ params }: Named) => floatingErrors.notFound({ id: params.floatingip_id }),
};
