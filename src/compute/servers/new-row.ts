import type { ComputeService } from '#compute/service.ts';
import { explain, type Placement } from '#scheduler/placement.ts';
import type { Asked } from './act.ts';
import type { NewServers, Resolved } from './create.ts';
import { hostnameFrom, powerStates } from './server.ts';
import type { ServerRow } from './store.ts';

/** The number is given by the store. */
export type NewRow = Omit<ServerRow, 'number'>;

/** A server as it is recorded before anything has been done for it. */
export function newRow(
  service: ComputeService,
  asked: Asked,
  projectId: string,
  request: NewServers,
  resolved: Resolved,
  reservationId: string,
  index: number,
): NewRow {
  const id = service.ids.uuid();
  const nowMs = service.clock.nowMs();
  const { flavor, image } = resolved;
  const name = request.maxCount > 1 ? `${request.name}-${index + 1}` : request.name;
  return {
    id,
    project_id: projectId,
    user_id: asked.actor.userId,
    name,
    description: request.description,
    hostname: request.hostname ?? hostnameFrom(name, id),
    vm_state: 'building',
    task_state: 'scheduling',
    power_state: powerStates.none,
    flavor: JSON.stringify(flavor),
    flavor_id: flavor.id,
    vcpus: flavor.vcpus,
    memory_mib: flavor.memoryMib,
    disk_gib: flavor.diskGib,
    image_id: image.id,
    image_properties: JSON.stringify({ ...image.properties, disk_format: image.diskFormat }),
    key_name: request.keyName ?? null,
    key_public: resolved.keyPublic,
    user_data: request.userData ?? null,
    metadata: JSON.stringify(request.metadata),
    config_drive: request.configDrive ? 1 : 0,
    pinned_zone: request.availabilityZone ?? null,
    availability_zone: null,
    host: null,
    access_ipv4: request.accessIpv4,
    access_ipv6: request.accessIpv6,
    disk_config: request.diskConfig,
    reservation_id: reservationId,
    launch_index: index,
    locked: 0,
    locked_reason: null,
    fault: null,
    created_ms: nowMs,
    updated_ms: nowMs,
    launched_ms: null,
    terminated_ms: null,
    deleted_ms: null,
  };
}

/** On the chosen host; or, where none fits, in error with the reason. */
export function placeRow(service: ComputeService, row: NewRow, placement: Placement): NewRow {
  const { host } = placement;
  if (host) return { ...row, host: host.name, availability_zone: host.availabilityZone };
  const fault = {
    code: 500,
    message: 'No valid host was found. There are not enough hosts available.',
    details: explain(placement.explanation),
    createdMs: service.clock.nowMs(),
  };
  return { ...row, vm_state: 'error', task_state: null, fault: JSON.stringify(fault) };
}
