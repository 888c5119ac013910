import type { Selectable } from 'kysely';
import type { Queries } from '#db/database.ts';
import { prepared } from '#db/prepared.ts';
import type { AggregatesTable } from '#db/schema/placement.ts';
import type { AggregateFacts } from '#scheduler/candidate.ts';
import type { Aggregate } from './aggregate.ts';

const selectHosts = prepared(0, (db) =>
  db.selectFrom('aggregate_hosts').selectAll().orderBy('aggregate_id').orderBy('host'),
);
const selectMetadata = prepared(0, (db) =>
  db.selectFrom('aggregate_metadata').selectAll().orderBy('key'),
);

async function metadataById(db: Queries): Promise<Map<number, Record<string, string>>> {
  const byId = Map.groupBy(await selectMetadata(db, []), (row) => row.aggregate_id);
  const objects = [...byId].map(([id, rows]): [number, Record<string, string>] => [
    id,
    // Keys are a stranger's words: assigned one by one, `__proto__` would be lost.
    Object.fromEntries(rows.map(({ key, value }) => [key, value])),
  ]);
  return new Map(objects);
}

/** For each host that is in aggregates, the metadata of each, in the order of their numbers. */
export async function aggregateFactsByHost(db: Queries): Promise<Map<string, AggregateFacts[]>> {
  const metadata = await metadataById(db);
  const byHost = new Map<string, AggregateFacts[]>();
  for (const { aggregate_id, host } of await selectHosts(db, [])) {
    const facts = metadata.get(aggregate_id);
    if (!facts) continue;
    const known = byHost.get(host);
    if (known) known.push(facts);
    else byHost.set(host, [facts]);
  }
  return byHost;
}

/** In the order of their numbers. */
export async function listAggregates(db: Queries): Promise<Aggregate[]> {
  const rows = await db
    .selectFrom('aggregates')
    .selectAll()
    .where('deleted_ms', 'is', null)
    .orderBy('id')
    .execute();
  const metadata = await metadataById(db);
  const hosts = Map.groupBy(await selectHosts(db, []), (row) => row.aggregate_id);
  return rows.map((row) =>
    toAggregate(
      row,
      (hosts.get(row.id) ?? []).map(({ host }) => host),
      metadata.get(row.id) ?? {},
    ),
  );
}

function toAggregate(
  row: Selectable<AggregatesTable>,
  hosts: readonly string[],
  metadata: Record<string, string>,
): Aggregate {
  return {
    id: row.id,
    uuid: row.uuid,
    name: row.name,
    hosts,
    metadata,
    createdMs: row.created_ms,
    updatedMs: row.updated_ms,
  };
}

export async function findAggregate(db: Queries, id: number): Promise<Aggregate | undefined> {
  return (await listAggregates(db)).find((aggregate) => aggregate.id === id);
}

export async function insertAggregate(
  db: Queries,
  aggregate: { uuid: string; name: string; createdMs: number },
): Promise<number> {
  const last = await db
    .selectFrom('aggregates')
    .select((select) => select.fn.max('id').as('id'))
    .executeTakeFirst();
  const id = Number(last?.id ?? 0) + 1;
  const { uuid, name, createdMs: created_ms } = aggregate;
  const row = { id, uuid, name, created_ms, updated_ms: null, deleted_ms: null };
  await db.insertInto('aggregates').values(row).execute();
  return id;
}

export async function updateAggregateRow(
  db: Queries,
  id: number,
  change: { name?: string; updated_ms?: number; deleted_ms?: number },
): Promise<void> {
  await db.updateTable('aggregates').set(change).where('id', '=', id).execute();
}

/** Null takes the key away; what is not named stays. */
export async function writeMetadata(
  db: Queries,
  id: number,
  change: Readonly<Record<string, string | null>>,
): Promise<void> {
  for (const [key, value] of Object.entries(change)) {
    if (value === null) {
      await db
        .deleteFrom('aggregate_metadata')
        .where('aggregate_id', '=', id)
        .where('key', '=', key)
        .execute();
      continue;
    }
    await db
      .insertInto('aggregate_metadata')
      .values({ aggregate_id: id, key, value })
      .onConflict((conflict) => conflict.columns(['aggregate_id', 'key']).doUpdateSet({ value }))
      .execute();
  }
}

export async function deleteMetadata(db: Queries, id: number): Promise<void> {
  await db.deleteFrom('aggregate_metadata').where('aggregate_id', '=', id).execute();
}

export async function insertAggregateHost(db: Queries, id: number, host: string): Promise<void> {
  await db.insertInto('aggregate_hosts').values({ aggregate_id: id, host }).execute();
}

export async function deleteAggregateHost(db: Queries, id: number, host: string): Promise<void> {
  await db
    .deleteFrom('aggregate_hosts')
    .where('aggregate_id', '=', id)
    .where('host', '=', host)
    .execute();
}
