import type { ComputeService } from '#compute/service.ts';
import { type FloatingIp, networkThing } from '#network/service.ts';
import { floatingIpErrors } from './errors.ts';

interface Named {
  params: { floating_ip_id: string };
}

const uuid = /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

/** What `{floating_ip_id}` in a path names. */
export const floatingIpTarget = {
  find: (service: ComputeService, { params }: Named): Promise<FloatingIp | undefined> =>
    service.networks.proxies.floatingIps.find(params.floating_ip_id),
  thing: networkThing('floatingIp'),
  absent: ({ params: { floating_ip_id: id } }: Named) =>
    uuid.test(id) ? floatingIpErrors.notFound({ id }) : floatingIpErrors.idMalformed({ id }),
};
