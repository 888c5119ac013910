import type { StateMatch } from '../status.ts';
import type { TextPattern } from './text-pattern.ts';

/** Columns that are compared with one value. */
export type EqualColumn =
  | 'id'
  | 'user_id'
  | 'image_id'
  | 'flavor_id'
  | 'host'
  | 'vm_state'
  | 'task_state'
  | 'power_state'
  | 'launch_index'
  | 'config_drive'
  | 'disk_config'
  | 'locked';

/** Columns whose text a pattern may be about. */
export type PatternColumn =
  | 'name'
  | 'description'
  | 'hostname'
  | 'host'
  | 'key_name'
  | 'reservation_id'
  | 'availability_zone'
  | 'access_ipv4'
  | 'access_ipv6'
  | 'locked_by'
  | 'power_state'
  | 'launch_index'
  | 'created_ms'
  | 'launched_ms'
  | 'terminated_ms';

export interface ColumnPattern {
  column: PatternColumn;
  pattern: TextPattern;
  /** The text of a value that is no text; such columns are not asked by LIKE. */
  write?: (value: number) => string;
}

/** Both ends are included. */
export interface TimeSpan {
  column: 'created_ms' | 'updated_ms' | 'launched_ms' | 'terminated_ms';
  fromMs?: number;
  toMs?: number;
}

export interface AddressPattern {
  ipVersion: 4 | 6;
  pattern: TextPattern;
}

export interface TagConditions {
  all?: readonly string[];
  any?: readonly string[];
  notAll?: readonly string[];
  notAny?: readonly string[];
}

/** Which servers of a scope are meant; all conditions hold together. */
export interface ServerFilter {
  /** Null means every project. */
  projectId: string | null;
  /** Absent means those that live. */
  lifetime?: 'live' | 'deleted' | 'any';
  /** False leaves out servers that wait for their deletion. */
  withPutAside?: boolean;
  equals?: Partial<Record<EqualColumn, string | number>>;
  spans?: readonly TimeSpan[];
  patterns?: readonly ColumnPattern[];
  /** Any of these; an empty list matches nothing. */
  states?: readonly StateMatch[];
  tags?: TagConditions;
  /** A fixed address of the server matches each of these. */
  addresses?: readonly AddressPattern[];
  /** Only these servers. */
  among?: ReadonlySet<string>;
}

/** What servers may be sorted by. */
export type ServerSortColumn =
  | 'created_ms'
  | 'updated_ms'
  | 'launched_ms'
  | 'terminated_ms'
  | 'name'
  | 'description'
  | 'hostname'
  | 'id'
  | 'vm_state'
  | 'task_state'
  | 'power_state'
  | 'host'
  | 'availability_zone'
  | 'image_id'
  | 'flavor_id'
  | 'key_name'
  | 'launch_index'
  | 'locked'
  | 'locked_by'
  | 'project_id'
  | 'user_id'
  | 'access_ipv4'
  | 'access_ipv6'
  | 'disk_config'
  | 'config_drive';

export interface ServerOrder {
  column: ServerSortColumn;
  descending: boolean;
}

export interface ServerPage {
  /** The id settles what these leave open, in the direction of the first of them. */
  order: readonly ServerOrder[];
  limit: number;
  /** Id of the last server of the page before. */
  marker?: string;
}
