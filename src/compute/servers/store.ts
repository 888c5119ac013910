import type { Selectable, SelectQueryBuilder } from 'kysely';
import type { Queries } from '#db/database.ts';
import { prepared } from '#db/prepared.ts';
import type { ServersTable } from '#db/schema/compute.ts';
import type { Schema } from '#db/schema.ts';
import type { FlavorSnapshot, Server, StateMatch, TaskState, VmState } from './server.ts';

export type ServerRow = Selectable<ServersTable>;

/** Reads JSON; servers of one list mostly hold the same flavor and image, which is read once. */
function readerOfJson(): (text: string) => unknown {
  const known = new Map<string, unknown>();
  return (text) => {
    if (!known.has(text)) known.set(text, JSON.parse(text));
    return known.get(text);
  };
}

export function toServer(row: ServerRow, readJson: (text: string) => unknown = JSON.parse): Server {
  return {
    id: row.id,
    instanceName: `instance-${row.number.toString(16).padStart(8, '0')}`,
    projectId: row.project_id,
    userId: row.user_id,
    name: row.name,
    description: row.description,
    hostname: row.hostname,
    vmState: row.vm_state as VmState,
    taskState: row.task_state as TaskState | null,
    powerState: row.power_state,
    flavor: readJson(row.flavor) as FlavorSnapshot,
    imageId: row.image_id,
    imageProperties: readJson(row.image_properties) as Server['imageProperties'],
    keyName: row.key_name,
    keyPublic: row.key_public,
    userData: row.user_data,
    metadata: readJson(row.metadata) as Server['metadata'],
    configDrive: row.config_drive === 1,
    pinnedZone: row.pinned_zone,
    availabilityZone: row.availability_zone,
    host: row.host,
    accessIpv4: row.access_ipv4,
    accessIpv6: row.access_ipv6,
    diskConfig: row.disk_config as Server['diskConfig'],
    reservationId: row.reservation_id,
    launchIndex: row.launch_index,
    isLocked: row.locked === 1,
    lockedReason: row.locked_reason,
    fault: row.fault === null ? null : JSON.parse(row.fault),
    createdMs: row.created_ms,
    updatedMs: row.updated_ms,
    launchedMs: row.launched_ms,
    terminatedMs: row.terminated_ms,
    deletedMs: row.deleted_ms,
  };
}

export async function insertServer(db: Queries, row: Omit<ServerRow, 'number'>): Promise<void> {
  const last = await db
    .selectFrom('servers')
    .select((select) => select.fn.max('number').as('number'))
    .executeTakeFirst();
  const number = (last?.number ?? 0) + 1;
  await db
    .insertInto('servers')
    .values({ ...row, number })
    .execute();
}

const selectLive = prepared(1, (db, [id]) =>
  db
    .selectFrom('servers')
    .selectAll()
    .where('id', '=', id as never)
    .where('deleted_ms', 'is', null),
);

/** A live server; deleted ones are gone for everyone but those who list them. */
export async function findServer(db: Queries, id: string): Promise<Server | undefined> {
  const [row] = await selectLive(db, [id]);
  return row && toServer(row);
}

export type ServerChange = Partial<Omit<ServersTable, 'id' | 'number'>>;

/** @returns false when there is no such live server. */
export async function updateServer(
  db: Queries,
  id: string,
  change: ServerChange,
  nowMs: number,
): Promise<boolean> {
  const result = await db
    .updateTable('servers')
    .set({ ...change, updated_ms: nowMs })
    .where('id', '=', id)
    .where('deleted_ms', 'is', null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) > 0;
}

export type ServerSortKey = 'created_ms' | 'updated_ms' | 'name' | 'id' | 'vm_state' | 'host';

export interface ServerFilter {
  /** Null means every project. */
  projectId: string | null;
  deleted?: boolean;
  ids?: readonly string[];
  vmStates?: readonly string[];
  /** Any of these; an empty list matches nothing. */
  states?: readonly StateMatch[];
  taskState?: string;
  /** SQL LIKE pattern over the name, `%` and `_` already meant as such. */
  nameLike?: string;
  imageId?: string;
  flavorId?: string;
  host?: string;
  userId?: string;
  keyName?: string;
  availabilityZone?: string;
  reservationId?: string;
  changedSinceMs?: number;
}

export interface ServerPage {
  sortKey: ServerSortKey;
  descending: boolean;
  limit: number;
  /** Id of the last server of the page before. */
  marker?: string;
}

export async function listServers(
  db: Queries,
  filter: ServerFilter,
  page: ServerPage,
): Promise<Server[]> {
  const direction = page.descending ? 'desc' : 'asc';
  let query = applyFilter(db.selectFrom('servers').selectAll(), filter);
  if (page.marker !== undefined) {
    const compare = page.descending ? '<' : '>';
    const { sortKey } = page;
    const marker = page.marker;
    query = query.where((where) => {
      const last = db.selectFrom('servers as last').where('last.id', '=', marker);
      const key = last.select(`last.${sortKey} as key`);
      return where.or([
        where(sortKey, compare, key as never),
        where.and([where(sortKey, '=', key as never), where('id', compare, marker)]),
      ]);
    });
  }
  const rows = await query
    .orderBy(page.sortKey, direction)
    .orderBy('id', direction)
    .limit(page.limit)
    .execute();
  const readJson = readerOfJson();
  return rows.map((row) => toServer(row as ServerRow, readJson));
}

type ServersQuery<Output> = SelectQueryBuilder<Schema, 'servers', Output>;

function applyFilter<Output>(
  query: ServersQuery<Output>,
  filter: ServerFilter,
): ServersQuery<Output> {
  const deleted = filter.deleted ? 'is not' : 'is';
  let result: ServersQuery<Output> = query;
  if (filter.changedSinceMs === undefined) result = result.where('deleted_ms', deleted, null);
  else result = result.where('updated_ms', '>=', filter.changedSinceMs);
  if (filter.projectId !== null) result = result.where('project_id', '=', filter.projectId);
  if (filter.ids) result = result.where('id', 'in', orNothing(filter.ids));
  if (filter.vmStates) result = result.where('vm_state', 'in', orNothing(filter.vmStates));
  if (filter.states) result = whereAnyState(result, filter.states);
  if (filter.nameLike !== undefined) result = result.where('name', 'like', filter.nameLike);
  const equals = {
    task_state: filter.taskState,
    image_id: filter.imageId,
    flavor_id: filter.flavorId,
    host: filter.host,
    user_id: filter.userId,
    key_name: filter.keyName,
    availability_zone: filter.availabilityZone,
    reservation_id: filter.reservationId,
  };
  for (const [column, value] of Object.entries(equals)) {
    if (value !== undefined) result = result.where(column as keyof typeof equals, '=', value);
  }
  return result;
}

/** An empty IN list is an error to PostgreSQL; this one finds nothing, as an empty one would. */
function orNothing(values: readonly string[]): readonly string[] {
  return values.length > 0 ? values : [''];
}

function whereAnyState<Output>(
  query: ServersQuery<Output>,
  states: readonly StateMatch[],
): ServersQuery<Output> {
  return query.where((where) => {
    const matches = states.map(({ vmState, tasks, butNot }) => {
      const isVmState = where('vm_state', '=', vmState);
      if (!butNot) return where.and([isVmState, where('task_state', 'in', tasks)]);
      if (tasks.length === 0) return isVmState;
      const isOtherTask = where('task_state', 'not in', tasks);
      return where.and([isVmState, where.or([where('task_state', 'is', null), isOtherTask])]);
    });
    return matches.length > 0 ? where.or(matches) : where('id', '=', '');
  });
}

export interface Usage {
  servers: number;
  vcpus: number;
  memoryMib: number;
}

/** What a project's live servers take, summed from the rows themselves. */
export async function usageOfProject(db: Queries, projectId: string): Promise<Usage> {
  const row = await db
    .selectFrom('servers')
    .select((select) => [
      select.fn.countAll().as('servers'),
      select.fn.sum('vcpus').as('vcpus'),
      select.fn.sum('memory_mib').as('memoryMib'),
    ])
    .where('project_id', '=', projectId)
    .where('deleted_ms', 'is', null)
    .executeTakeFirst();
  return {
    servers: Number(row?.servers ?? 0),
    vcpus: Number(row?.vcpus ?? 0),
    memoryMib: Number(row?.memoryMib ?? 0),
  };
}
