import { type RawBuilder, sql } from 'kysely';
import type { Queries } from '#db/database.ts';
import { isPostgres } from '#db/dialect.ts';
import { holdsText, type NeededText } from '#db/needed-text.ts';
import { preparedForList } from '#db/prepared.ts';
import { endOf, lookupsOf } from '../addresses/signs.ts';

/** Of so many the rows are read; where signs have more, others are tried first. */
const fewAddresses = 200;

export interface ServerAddress {
  serverId: string;
  address: string;
}

/**
 * The IPv6 addresses of servers' ports, at least those that match.
 * @param like narrows them down, `\` is its escape; where it is null, what is needed does
 */
export async function serverIpv6Addresses(
  db: Queries,
  like: string | null,
  needed: NeededText | null,
): Promise<ServerAddress[]> {
  if (isPostgres(db)) return onPostgres(db, like, needed);
  const numbers = await numbersOf(db, lookupsOf(like, needed));
  return written(numbers ? await rowsOfNumbers(db, numbers) : await everyRow(db));
}

/** Its index (migration 0036) is of these only, and it knows itself when to enter by it. */
async function onPostgres(
  db: Queries,
  like: string | null,
  needed: NeededText | null,
): Promise<ServerAddress[]> {
  const text = sql.ref('a.address');
  const isLike = (side: RawBuilder<unknown>, pattern: string) =>
    sql<boolean>`${side} like ${pattern} escape '\\'`;
  let query = addressesOfServers(db).where(sql<boolean>`a.address like '%:%'`);
  if (like !== null) {
    // Each trigram of what the index is asked for costs; of a whole address its end says enough.
    query = query.where(isLike(text, endOf(like))).where(isLike(sql`(${text} || '')`, like));
  } else if (needed !== null) {
    query = query.where(holdsText(text, needed));
  }
  return written((await db.executeQuery(query.compile())).rows);
}

function written(rows: readonly { serverId: string | null; address: string }[]): ServerAddress[] {
  return rows.map(({ serverId, address }) => ({ serverId: serverId ?? '', address }));
}

function addressesOfServers(db: Queries) {
  return db
    .selectFrom('port_addresses as a')
    .innerJoin('ports as p', 'p.id', 'a.port_id')
    .select(['p.server_id as serverId', 'a.address'])
    .where('p.server_id', 'is not', null);
}

/** @returns undefined where signs say nothing */
async function numbersOf(
  db: Queries,
  lookups: readonly string[],
): Promise<readonly number[] | undefined> {
  const last = lookups.at(-1);
  if (last === undefined) return undefined;
  for (const lookup of lookups.slice(0, -1)) {
    const numbers = await lookUp(db, lookup, fewAddresses + 1);
    if (numbers.length <= fewAddresses) return numbers;
  }
  return lookUp(db, last, -1);
}

async function lookUp(db: Queries, lookup: string, limit: number): Promise<number[]> {
  const { rows } = await sql<{ number: number }>`
    select rowid as number from ipv6_texts
    where ipv6_texts match ${lookup} limit ${limit}`.execute(db);
  return rows.map(({ number }) => number);
}

const rowsOfNumbers = preparedForList((db, numbers) =>
  addressesWithNumbers(db).where('s.number', 'in', numbers),
);

function everyRow(db: Queries) {
  return addressesWithNumbers(db).execute();
}

function addressesWithNumbers(db: Queries) {
  const numbered = sql<{ number: number; network_id: string; address: string }>`ipv6_addresses`;
  return addressesOfServers(db).innerJoin(numbered.as('s'), (join) =>
    join.onRef('s.network_id', '=', 'a.network_id').onRef('s.address', '=', 'a.address'),
  );
}
