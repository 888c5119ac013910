import { deleteHost } from '#compute/hosts/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Allowed } from '#policy/engine.ts';
import { serviceErrors } from './errors.ts';
import { computeBinary, type ServiceRow } from './service-row.ts';
import { countServersOn, deleteControlService } from './store.ts';

/**
 * Forgets a service; with that of a host that runs servers, the host and its place in aggregates.
 * One whose process is still there comes back with its next start, as someone new.
 * @throws ServiceHasInstances (409)
 */
export async function deleteService(
  service: ComputeService,
  { binary, host, number }: Allowed<ServiceRow>,
): Promise<void> {
  await service.placing(async (tx) => {
    if (binary !== computeBinary) {
      await deleteControlService(tx, number);
      return;
    }
    if ((await countServersOn(tx, host)) > 0) throw serviceErrors.hasServers({ host });
    await deleteHost(tx, host);
  });
}
