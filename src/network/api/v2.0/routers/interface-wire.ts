import type { Port } from '../../../ports/port.ts';
import type { Router } from '../../../routers/router.ts';

/** What an interface's coming or going is answered with: the port, by its places. */
export function renderInterface(router: Router, port: Port): Record<string, unknown> {
  const subnetIds = port.fixedIps.map((one) => one.subnetId);
  return {
    id: router.id,
    project_id: router.projectId,
    tenant_id: router.projectId,
    port_id: port.id,
    network_id: port.networkId,
    subnet_id: subnetIds[0] ?? null,
    subnet_ids: subnetIds,
    tags: [],
  };
}
