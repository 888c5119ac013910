import { type TSchema, Type } from 'typebox';
import type { VersionRange } from '#base/microversion.ts';
import { closedSince } from '#compute/api/closed-query.ts';

/** A parameter that may be repeated; of most the last mention counts. */
function repeatable(schema: TSchema, range: VersionRange = {}) {
  return Type.Optional(Type.Union([schema, Type.Array(schema)], { ...range }));
}

const anything = repeatable(Type.String());

/** Nova's names of what servers may be sorted by. */
const sortKeys = [
  'access_ip_v4',
  'access_ip_v6',
  'auto_disk_config',
  'availability_zone',
  'config_drive',
  'created_at',
  'display_description',
  'display_name',
  'host',
  'hostname',
  'image_ref',
  'instance_type_id',
  'kernel_id',
  'key_name',
  'launch_index',
  'launched_at',
  'locked_by',
  'node',
  'power_state',
  'progress',
  'project_id',
  'ramdisk_id',
  'root_device_name',
  'task_state',
  'terminated_at',
  'updated_at',
  'user_id',
  'uuid',
  'vm_state',
];

/** Columns of Nova's that do not order anything; they were ignored before they were refused. */
const idleSortKeys = [
  'architecture',
  'cell_name',
  'cleaned',
  'default_ephemeral_device',
  'default_swap_device',
  'deleted',
  'deleted_at',
  'disable_terminate',
  'ephemeral_gb',
  'ephemeral_key_uuid',
  'id',
  'key_data',
  'launched_on',
  'memory_mb',
  'os_type',
  'reservation_id',
  'root_gb',
  'shutdown_terminate',
  'user_data',
  'vcpus',
  'vm_mode',
];

const sortKey = Type.Union([
  Type.Enum([...sortKeys, 'locked', ...idleSortKeys], { until: '2.74' }),
  Type.Enum([...sortKeys, 'locked'], { since: '2.75' }),
]);

/** Filters whose value Nova does not look at before it compares. */
const plainFilters = [
  'user_id',
  'project_id',
  'tenant_id',
  'launch_index',
  'image_ref',
  'image',
  'kernel_id',
  'ramdisk_id',
  'hostname',
  'key_name',
  'power_state',
  'vm_state',
  'task_state',
  'host',
  'node',
  'flavor',
  'reservation_id',
  'launched_at',
  'terminated_at',
  'availability_zone',
  'name',
  'display_name',
  'description',
  'display_description',
  'locked_by',
  'uuid',
  'root_device_name',
  'config_drive',
  'access_ip_v4',
  'access_ip_v6',
  'auto_disk_config',
  'progress',
  'sort_dir',
  'all_tenants',
  'soft_deleted',
  'deleted',
  'status',
  'ip',
  'ip6',
  'created_at',
];

/** Tables that Nova joins to its servers: names of no filter, and refused to administrators. */
export const joinedTables = [
  'block_device_mapping',
  'services',
  'metadata',
  'system_metadata',
  'info_cache',
  'security_groups',
  'pci_devices',
];

const tagFilter = repeatable(Type.String(), { since: '2.26' });

/** The query of both lists of servers. From 2.75 on a parameter that is not here is refused. */
export const listQuery = closedSince('2.75', {
  ...Object.fromEntries([...plainFilters, ...joinedTables].map((name) => [name, anything])),
  limit: repeatable(Type.Integer({ minimum: 0 })),
  marker: anything,
  sort_key: repeatable(sortKey),
  'changes-since': anything,
  'changes-before': repeatable(Type.String(), { since: '2.66' }),
  tags: tagFilter,
  'tags-any': tagFilter,
  'not-tags': tagFilter,
  'not-tags-any': tagFilter,
  locked: repeatable(Type.String(), { since: '2.73' }),
});
