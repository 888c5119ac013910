import { withinRange } from '#base/microversion.ts';
import { computeErrors } from '#compute/errors.ts';
import { serverErrors } from '#compute/servers/errors.ts';
import type { ServerOrder, ServerSortColumn } from '#compute/servers/listing/server-filter.ts';
import { isAdmin } from '#policy/actor.ts';
import type { ListCall } from './list-query.ts';

/** Nova's names; what is not here is the same for every server, or was always ignored. */
const sortColumns: Readonly<Record<string, ServerSortColumn>> = {
  access_ip_v4: 'access_ipv4',
  access_ip_v6: 'access_ipv6',
  auto_disk_config: 'disk_config',
  availability_zone: 'availability_zone',
  config_drive: 'config_drive',
  created_at: 'created_ms',
  display_description: 'description',
  display_name: 'name',
  host: 'host',
  hostname: 'hostname',
  image_ref: 'image_id',
  instance_type_id: 'flavor_id',
  key_name: 'key_name',
  launch_index: 'launch_index',
  launched_at: 'launched_ms',
  locked: 'locked',
  locked_by: 'locked_by',
  node: 'host',
  power_state: 'power_state',
  project_id: 'project_id',
  task_state: 'task_state',
  terminated_at: 'terminated_ms',
  updated_at: 'updated_ms',
  user_id: 'user_id',
  uuid: 'id',
  vm_state: 'vm_state',
};

const lockedSorts = { since: '2.73' };
const administratorKeys = ['host', 'node'];

/**
 * Pairs of `sort_key` and `sort_dir`; a key without a direction takes the first one. By default by
 * creation: newest first as in Nova, oldest first where the reference says so (3.1).
 */
export function readOrder(call: ListCall): ServerOrder[] {
  const query = call.query as Record<string, unknown>;
  const keys = list(query.sort_key ?? 'created_at');
  const directions = list(query.sort_dir ?? []);
  if (directions.length > keys.length) {
    const sentence = 'Sort direction array size exceeds sort key array size';
    throw computeErrors.filterMalformed({ sentence });
  }
  if (directions.some((direction) => direction !== 'asc' && direction !== 'desc')) {
    const sentence = 'Unknown sort direction, must be one of: asc, desc';
    throw computeErrors.filterMalformed({ sentence });
  }
  const oldestFirst = call.surface === 'compute-v2' && query.sort_key === undefined;
  const usual = directions[0] ?? (oldestFirst ? 'asc' : 'desc');
  const order = keys.flatMap((key, index): ServerOrder[] => {
    if (administratorKeys.includes(key) && !isAdmin(call.actor)) {
      throw serverErrors.sortForAdministrators({ key });
    }
    const column = Object.hasOwn(sortColumns, key) ? sortColumns[key] : undefined;
    const isIdle = key === 'locked' && !withinRange(call.version, lockedSorts);
    if (!column || isIdle) return [];
    return [{ column, descending: (directions[index] ?? usual) === 'desc' }];
  });
  return order.length > 0 ? order : [{ column: 'created_ms', descending: usual === 'desc' }];
}

function list(value: unknown): string[] {
  return [value].flat().map(String);
}
