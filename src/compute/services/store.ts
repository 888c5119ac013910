import type { Selectable, Updateable } from 'kysely';
import { aggregateFactsByHost } from '#compute/aggregates/store.ts';
import { type HostRow, isHostUp, listHosts } from '#compute/hosts/store.ts';
import { zoneOf } from '#compute/zones/zone.ts';
import type { Queries } from '#db/database.ts';
import type { ControlServicesTable } from '#db/schema/services.ts';
import { computeBinary, internalZone, isFresh, type ServiceRow } from './service-row.ts';

/** All services, in the order of their numbers. */
export async function listServiceRows(db: Queries, nowMs: number): Promise<ServiceRow[]> {
  const aggregates = await aggregateFactsByHost(db);
  const computes = (await listHosts(db)).map((host) =>
    computeService(host, zoneOf(host.availability_zone, aggregates.get(host.name) ?? []), nowMs),
  );
  const controls = await db.selectFrom('control_services').selectAll().execute();
  const all = [...controls.map((row) => controlService(row, nowMs)), ...computes];
  return all.sort((a, b) => a.number - b.number);
}

function computeService(host: HostRow, zone: string, nowMs: number): ServiceRow {
  return {
    number: host.number,
    uuid: host.service_uuid,
    binary: computeBinary,
    host: host.name,
    zone,
    isEnabled: host.enabled === 1,
    disabledReason: host.disabled_reason,
    isForcedDown: host.forced_down === 1,
    isUp: isHostUp(host) && isFresh(host.seen_ms, nowMs),
    seenMs: host.seen_ms,
  };
}

function controlService(row: Selectable<ControlServicesTable>, nowMs: number): ServiceRow {
  return {
    number: row.number,
    uuid: row.uuid,
    binary: row.binary_name,
    host: row.host,
    zone: internalZone,
    isEnabled: row.enabled === 1,
    disabledReason: row.disabled_reason,
    isForcedDown: row.forced_down === 1,
    isUp: row.forced_down === 0 && isFresh(row.seen_ms, nowMs),
    seenMs: row.seen_ms,
  };
}

/** Those of one host are heard of now. */
export async function markControlSeen(db: Queries, host: string, nowMs: number): Promise<void> {
  await db
    .updateTable('control_services')
    .set({ seen_ms: nowMs })
    .where('host', '=', host)
    .execute();
}

/** @returns false when it was there already. */
export async function insertControlService(
  db: Queries,
  row: Pick<ControlServicesTable, 'number' | 'uuid' | 'binary_name' | 'host' | 'seen_ms'>,
): Promise<boolean> {
  const result = await db
    .insertInto('control_services')
    .values({ ...row, enabled: 1, disabled_reason: null, forced_down: 0 })
    .onConflict((conflict) => conflict.columns(['host', 'binary_name']).doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0;
}

export async function updateControlService(
  db: Queries,
  number: number,
  change: Omit<Updateable<ControlServicesTable>, 'number'>,
): Promise<void> {
  await db.updateTable('control_services').set(change).where('number', '=', number).execute();
}

export async function deleteControlService(db: Queries, number: number): Promise<void> {
  await db.deleteFrom('control_services').where('number', '=', number).execute();
}

/** The number that the next service gets: hosts and control services share one sequence. */
export async function nextServiceNumber(db: Queries): Promise<number> {
  const hosts = await db
    .selectFrom('hosts')
    .select((select) => select.fn.max('number').as('number'))
    .executeTakeFirst();
  const controls = await db
    .selectFrom('control_services')
    .select((select) => select.fn.max('number').as('number'))
    .executeTakeFirst();
  return Math.max(Number(hosts?.number ?? 0), Number(controls?.number ?? 0)) + 1;
}

/** Live servers there. */
export async function countServersOn(db: Queries, host: string): Promise<number> {
  const row = await db
    .selectFrom('servers')
    .select((select) => select.fn.countAll().as('count'))
    .where('host', '=', host)
    .where('deleted_ms', 'is', null)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}
