import type { VersionRange } from '#base/microversion.ts';
import type {
  EqualColumn,
  PatternColumn,
  TimeSpan,
} from '#compute/servers/listing/server-filter.ts';

/** How the value of a filter is compared. */
export type Comparison =
  | { is: 'equal'; column: EqualColumn }
  /** The last part of an address: `…/flavors/7` means `7`. */
  | { is: 'reference'; column: EqualColumn }
  | { is: 'pattern'; column: PatternColumn }
  /** A number, or a pattern over its digits. */
  | { is: 'number'; column: PatternColumn & EqualColumn }
  /** A moment to the second, or a pattern over `2026-01-31 23:59:59`. */
  | { is: 'time'; column: PatternColumn & TimeSpan['column'] }
  | { is: 'boolean'; column: EqualColumn; yes: string | number; no: string | number }
  /** What is the same for every server here. */
  | { is: 'constant'; text: string };

export interface ListFilter {
  name: string;
  compare: Comparison;
  /** In which versions not only administrators may use it; absent: in none, it is ignored. */
  forEveryone?: VersionRange;
}

const always: VersionRange = {};
/** More filters for everyone came in 2.83. */
const later: VersionRange = { since: '2.83' };

const equal = (column: EqualColumn): Comparison => ({ is: 'equal', column });
const pattern = (column: PatternColumn): Comparison => ({ is: 'pattern', column });

export const listFilters: readonly ListFilter[] = [
  { name: 'name', compare: pattern('name'), forEveryone: always },
  { name: 'display_name', compare: pattern('name') },
  { name: 'image', compare: { is: 'reference', column: 'image_id' }, forEveryone: always },
  { name: 'image_ref', compare: { is: 'reference', column: 'image_id' } },
  { name: 'flavor', compare: { is: 'reference', column: 'flavor_id' }, forEveryone: always },
  { name: 'reservation_id', compare: pattern('reservation_id'), forEveryone: always },
  { name: 'availability_zone', compare: pattern('availability_zone'), forEveryone: later },
  {
    name: 'config_drive',
    compare: { is: 'boolean', column: 'config_drive', yes: 1, no: 0 },
    forEveryone: later,
  },
  { name: 'key_name', compare: pattern('key_name'), forEveryone: later },
  { name: 'created_at', compare: { is: 'time', column: 'created_ms' }, forEveryone: later },
  { name: 'launched_at', compare: { is: 'time', column: 'launched_ms' }, forEveryone: later },
  { name: 'terminated_at', compare: { is: 'time', column: 'terminated_ms' }, forEveryone: later },
  { name: 'power_state', compare: { is: 'number', column: 'power_state' }, forEveryone: later },
  { name: 'progress', compare: { is: 'constant', text: '0' }, forEveryone: later },
  { name: 'task_state', compare: equal('task_state'), forEveryone: later },
  { name: 'vm_state', compare: equal('vm_state'), forEveryone: later },
  { name: 'user_id', compare: equal('user_id'), forEveryone: later },
  {
    name: 'locked',
    compare: { is: 'boolean', column: 'locked', yes: 1, no: 0 },
    forEveryone: { since: '2.73' },
  },
  { name: 'uuid', compare: equal('id') },
  { name: 'host', compare: equal('host') },
  { name: 'node', compare: pattern('host') },
  { name: 'hostname', compare: pattern('hostname') },
  { name: 'description', compare: pattern('description') },
  { name: 'display_description', compare: pattern('description') },
  { name: 'locked_by', compare: pattern('locked_by') },
  { name: 'launch_index', compare: { is: 'number', column: 'launch_index' } },
  { name: 'access_ip_v4', compare: pattern('access_ipv4') },
  { name: 'access_ip_v6', compare: pattern('access_ipv6') },
  {
    name: 'auto_disk_config',
    compare: { is: 'boolean', column: 'disk_config', yes: 'AUTO', no: 'MANUAL' },
  },
  { name: 'kernel_id', compare: { is: 'constant', text: '' } },
  { name: 'ramdisk_id', compare: { is: 'constant', text: '' } },
  { name: 'root_device_name', compare: { is: 'constant', text: '/dev/vda' } },
];

/** The reference's 4.4 offers it to everyone on its own path. */
export const legacyEveryone: readonly string[] = ['availability_zone'];

/** Other members of the query that others than administrators may use, and since when. */
export const openParameters: Readonly<Record<string, VersionRange>> = {
  ip: always,
  ip6: { since: '2.5' },
  status: always,
  'changes-since': always,
  'changes-before': { since: '2.66' },
  tags: { since: '2.26' },
  'tags-any': { since: '2.26' },
  'not-tags': { since: '2.26' },
  'not-tags-any': { since: '2.26' },
};

/** Before it, servers in a status that does not exist were simply none. */
export const unknownStatusRefused: VersionRange = { since: '2.38' };
