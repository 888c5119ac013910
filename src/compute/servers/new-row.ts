import type { ComputeService } from '#compute/service.ts';
import { explain, type Placement, refusalOf } from '#scheduler/placement.ts';
import type { Asked } from './act.ts';
import type { NewServers } from './new-servers.ts';
import type { Resolved } from './resolve.ts';
import { claimedDiskGib, hostnameFrom } from './server.ts';
import { powerStates } from './status.ts';
import type { NewServerRow } from './store.ts';

export type NewRow = NewServerRow;

/** The servers of one request and the place of one among them. */
export interface Reservation {
  reservationId: string;
  index: number;
  count: number;
}

/** A server as it is recorded before anything has been done for it. */
export function newRow(
  service: ComputeService,
  asked: Asked,
  projectId: string,
  request: NewServers,
  resolved: Resolved,
  { reservationId, index, count }: Reservation,
): NewRow {
  const id = service.ids.uuid();
  const nowMs = service.clock.nowMs();
  const { flavor, image } = resolved;
  // Names are only told apart where there are several.
  const numbered = (text: string) => (count > 1 ? `${text}-${index + 1}` : text);
  const name = numbered(request.name);
  const { hostname } = request;
  return {
    id,
    project_id: projectId,
    user_id: asked.actor.userId,
    name,
    description: request.description,
    hostname: hostname === undefined ? hostnameFrom(name, id) : numbered(hostname),
    vm_state: 'building',
    task_state: 'scheduling',
    power_state: powerStates.none,
    flavor: JSON.stringify(flavor),
    flavor_id: flavor.id,
    vcpus: flavor.vcpus,
    memory_mib: flavor.memoryMib,
    disk_gib: claimedDiskGib(flavor),
    image_id: image.id,
    image_properties: JSON.stringify({ ...image.properties, disk_format: image.diskFormat }),
    key_name: request.keyName ?? null,
    key_public: resolved.keyPublic,
    user_data: request.userData ?? null,
    metadata: JSON.stringify(request.metadata),
    // Files reach the guest on the drive alone.
    config_drive: request.configDrive || request.files.length > 0 ? 1 : 0,
    pinned_zone: request.place.zone,
    availability_zone: null,
    host: null,
    access_ipv4: request.accessIpv4,
    access_ipv6: request.accessIpv6,
    disk_config: resolved.diskConfig,
    reservation_id: reservationId,
    launch_index: index,
    locked: 0,
    locked_by: null,
    locked_reason: null,
    fault: null,
    local_disks: resolved.localDisks.length > 0 ? JSON.stringify(resolved.localDisks) : null,
    ...detailsOf(request),
    created_ms: nowMs,
    updated_ms: nowMs,
    launched_ms: null,
    terminated_ms: null,
    deleted_ms: null,
  };
}

function detailsOf({ hints, trustedCertificates }: NewServers) {
  const json = (value: object | null, isEmpty: boolean) => (isEmpty ? null : JSON.stringify(value));
  return {
    scheduler_hints: json(hints, Object.keys(hints).length === 0),
    trusted_certificates: json(trustedCertificates as object, trustedCertificates === null),
  };
}

/** On the chosen host; or, where none fits, in error with the reason. */
export function placeRow(service: ComputeService, row: NewRow, placement: Placement): NewRow {
  const { host } = placement;
  if (host) return { ...row, host: host.name, availability_zone: host.zone };
  const fault = {
    code: 500,
    message: refusalOf(placement.explanation),
    details: explain(placement.explanation),
    createdMs: service.clock.nowMs(),
  };
  return { ...row, vm_state: 'error', task_state: null, fault: JSON.stringify(fault) };
}
