import { updateHost } from '#compute/hosts/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Queries } from '#db/database.ts';
import { serviceErrors } from './errors.ts';
import { computeBinary, type ServiceRow } from './service-row.ts';
import { listServiceRows, updateControlService } from './store.ts';

/** What is to be different; a service that is enabled again has no reason any more. */
export interface ServiceChange {
  isEnabled?: boolean | undefined;
  disabledReason?: string | null | undefined;
  isForcedDown?: boolean | undefined;
}

/**
 * Takes a service out of use or back. A host whose service is out of use, or known to be down,
 * gets no new servers from the moment this returns; those that are there stay.
 * @param isMeant tells the one that is to be changed
 * @returns it as it is now, or undefined when there is none
 */
export async function changeService(
  service: ComputeService,
  isMeant: (row: ServiceRow) => boolean,
  change: ServiceChange,
): Promise<ServiceRow | undefined> {
  // In the queue of those who choose hosts, so that none of them goes on with what it read before.
  const changed = await service.placing(async (tx) => {
    const nowMs = service.clock.nowMs();
    const found = (await listServiceRows(tx, nowMs)).find(isMeant);
    if (!found) return undefined;
    await write(tx, found, change);
    return (await listServiceRows(tx, nowMs)).find(isMeant);
  });
  if (changed && change.isForcedDown === false) service.readmitSoon();
  return changed;
}

async function write(tx: Queries, row: ServiceRow, change: ServiceChange): Promise<void> {
  const { isEnabled, isForcedDown, disabledReason = null } = change;
  const columns = {
    ...(isEnabled !== undefined && {
      enabled: Number(isEnabled),
      disabled_reason: isEnabled ? null : disabledReason,
    }),
    ...(isForcedDown !== undefined && { forced_down: Number(isForcedDown) }),
  };
  if (row.binary === computeBinary) await updateHost(tx, row.host, columns);
  else await updateControlService(tx, row.number, columns);
}

/** By the names of host and program, as it was until 2.52. @throws HostBinaryNotFound (404) */
export async function changeServiceNamed(
  service: ComputeService,
  { host, binary }: { host: string; binary: string },
  change: ServiceChange,
): Promise<ServiceRow> {
  const isMeant = (row: ServiceRow) => row.host === host && row.binary === binary;
  const changed = await changeService(service, isMeant, change);
  if (!changed) throw serviceErrors.binaryNotFound({ host, binary });
  return changed;
}

/** By its UUID. @throws ServiceNotFound (404) */
export async function changeServiceOf(
  service: ComputeService,
  uuid: string,
  change: ServiceChange,
): Promise<ServiceRow> {
  const changed = await changeService(service, (row) => row.uuid === uuid, change);
  if (!changed) throw serviceErrors.notFound({ id: uuid });
  return changed;
}
