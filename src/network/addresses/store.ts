import type { Queries } from '#db/database.ts';
import type { PortAddressesTable } from '#db/schema/network.ts';

/** The port that holds an address of a network. */
export async function holderOf(
  db: Queries,
  networkId: string,
  address: string,
): Promise<{ portId: string } | undefined> {
  const row = await db
    .selectFrom('port_addresses')
    .select('port_id')
    .where('network_id', '=', networkId)
    .where('address', '=', address)
    .executeTakeFirst();
  return row && { portId: row.port_id };
}

/** The highest key taken between two keys, both included. */
export async function highestKey(
  db: Queries,
  subnetId: string,
  firstKey: string,
  lastKey: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('port_addresses')
    .select('address_key')
    .where('subnet_id', '=', subnetId)
    .where('address_key', '>=', firstKey)
    .where('address_key', '<=', lastKey)
    .orderBy('address_key', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.address_key;
}

/** Every key taken between two keys, both included, in order. */
export async function keysBetween(
  db: Queries,
  subnetId: string,
  firstKey: string,
  lastKey: string,
): Promise<string[]> {
  const rows = await db
    .selectFrom('port_addresses')
    .select('address_key')
    .where('subnet_id', '=', subnetId)
    .where('address_key', '>=', firstKey)
    .where('address_key', '<=', lastKey)
    .orderBy('address_key')
    .execute();
  return rows.map((row) => row.address_key);
}

export async function insertAddress(db: Queries, row: PortAddressesTable): Promise<void> {
  await db.insertInto('port_addresses').values(row).execute();
}

export async function deleteAddressesOf(db: Queries, portId: string): Promise<void> {
  await db.deleteFrom('port_addresses').where('port_id', '=', portId).execute();
}

export async function deleteAddressesIn(
  db: Queries,
  subnetId: string,
  portId: string,
): Promise<void> {
  await db
    .deleteFrom('port_addresses')
    .where('subnet_id', '=', subnetId)
    .where('port_id', '=', portId)
    .execute();
}

/** Ids of the ports that hold addresses of a subnet, without those of `exceptPortId`. */
export async function holdersIn(
  db: Queries,
  subnetId: string,
  exceptPortId: string,
): Promise<string[]> {
  const rows = await db
    .selectFrom('port_addresses')
    .select('port_id')
    .distinct()
    .where('subnet_id', '=', subnetId)
    .where('port_id', '!=', exceptPortId)
    .execute();
  return rows.map((row) => row.port_id);
}
