import { randomUUID } from 'node:crypto';
import type { insertServer } from '#compute/servers/store.ts';

type Row = Parameters<typeof insertServer>[1];

/** A server at rest; columns that this does not name have their defaults. */
export function serverRow(changes: Partial<Row> = {}): Row {
  const id = changes.id ?? randomUUID();
  const row: Partial<Row> = {
    id,
    project_id: 'p',
    user_id: 'u',
    name: id,
    description: null,
    hostname: id,
    vm_state: 'active',
    task_state: null,
    power_state: 1,
    flavor: '{}',
    flavor_id: '1',
    vcpus: 1,
    memory_mib: 512,
    disk_gib: 1,
    image_id: 'i',
    image_properties: '{}',
    key_name: null,
    key_public: null,
    user_data: null,
    metadata: '{}',
    config_drive: 0,
    pinned_zone: null,
    availability_zone: 'nova',
    host: null,
    access_ipv4: '',
    access_ipv6: '',
    disk_config: 'AUTO',
    reservation_id: 'r-1',
    launch_index: 0,
    locked: 0,
    locked_reason: null,
    fault: null,
    created_ms: 1,
    updated_ms: 1,
    launched_ms: null,
    terminated_ms: null,
    deleted_ms: null,
    ...changes,
  };
  return row as Row;
}
