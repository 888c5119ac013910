import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Queries } from '#db/database.ts';
import { prepared } from '#db/prepared.ts';
import type { ServersTable } from '#db/schema/compute.ts';
import type { FlavorSnapshot, Server } from './server.ts';
import type { TaskState, VmState } from './status.ts';

export type ServerRow = Selectable<ServersTable>;

/** The number is given when it is recorded. */
export type NewServerRow = Omit<Insertable<ServersTable>, 'number'>;

/** Reads JSON; servers of one list mostly hold the same flavor and image, which is read once. */
export function readerOfJson(): (text: string) => unknown {
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
    lockedBy: row.locked_by as Server['lockedBy'],
    lockedReason: row.locked_reason,
    fault: row.fault === null ? null : JSON.parse(row.fault),
    localDisks: readJson(row.local_disks ?? '[]') as Server['localDisks'],
    schedulerHints: readJson(row.scheduler_hints ?? '{}') as Server['schedulerHints'],
    trustedCertificates: readJson(row.trusted_certificates ?? 'null') as string[] | null,
    shelvedImageId: row.shelved_image_id,
    rescue: row.rescue === null ? null : JSON.parse(row.rescue),
    createdMs: row.created_ms,
    updatedMs: row.updated_ms,
    launchedMs: row.launched_ms,
    terminatedMs: row.terminated_ms,
    deletedMs: row.deleted_ms,
  };
}

export async function insertServer(db: Queries, row: NewServerRow): Promise<void> {
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

/** At rest, and put aside before that moment. */
export async function serversPutAsideBefore(db: Queries, beforeMs: number): Promise<Server[]> {
  const rows = await db
    .selectFrom('servers')
    .selectAll()
    .where('vm_state', '=', 'soft-delete')
    .where('task_state', 'is', null)
    .where('deleted_ms', 'is', null)
    .where('soft_deleted_ms', '<=', beforeMs)
    .execute();
  return rows.map((row) => toServer(row));
}

/** At rest, still on a host, and shelved before that moment. */
export async function serversShelvedBefore(db: Queries, beforeMs: number): Promise<Server[]> {
  const rows = await db
    .selectFrom('servers')
    .selectAll()
    .where('vm_state', '=', 'shelved')
    .where('task_state', 'is', null)
    .where('deleted_ms', 'is', null)
    .where('shelved_ms', '<=', beforeMs)
    .execute();
  return rows.map((row) => toServer(row));
}

const selectEverMade = prepared(1, (db, [id]) =>
  db
    .selectFrom('servers')
    .selectAll()
    .where('id', '=', id as never),
);

/** Deleted ones too. */
export async function findServerEverMade(db: Queries, id: string): Promise<Server | undefined> {
  const [row] = await selectEverMade(db, [id]);
  return row && toServer(row);
}

export type ServerChange = Omit<Updateable<ServersTable>, 'id' | 'number'>;

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
