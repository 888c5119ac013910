import { sql } from 'kysely';
import type { Queries } from '#db/database.ts';
import { prepared, preparedForList } from '#db/prepared.ts';

const selectPorts = preparedForList((db, serverIds) =>
  db
    .selectFrom('ports as p')
    .innerJoin('networks as n', 'n.id', 'p.network_id')
    .select([
      'p.id',
      'p.server_id as serverId',
      'p.server_index as serverIndex',
      'p.network_id as networkId',
      'n.name as networkName',
      'n.mtu as mtu',
      'p.mac_address as macAddress',
      'p.status',
      'p.port_security_enabled as portSecurityEnabled',
      'p.made_for_server as madeForServer',
      'p.nic_tag as nicTag',
    ])
    .where('p.server_id', 'in', serverIds)
    .orderBy('p.server_index'),
);

const selectAddresses = preparedForList((db, serverIds) =>
  db
    .selectFrom('ports as p')
    .innerJoin('port_addresses as a', 'a.port_id', 'p.id')
    .leftJoin('floating_ips as f', (join) =>
      join.onRef('f.fixed_port_id', '=', 'a.port_id').onRef('f.fixed_address', '=', 'a.address'),
    )
    .select(['a.port_id as portId', 'a.subnet_id as subnetId', 'a.address'])
    .select('f.address as floatingAddress')
    .where('p.server_id', 'in', serverIds)
    .orderBy('a.position'),
);

const selectGroups = preparedForList((db, serverIds) =>
  db
    .selectFrom('ports as p')
    .innerJoin('port_security_groups as m', 'm.port_id', 'p.id')
    .innerJoin('security_groups as g', 'g.id', 'm.security_group_id')
    .select(['m.port_id as portId', 'g.id', 'g.name'])
    .where('p.server_id', 'in', serverIds)
    .orderBy('m.position'),
);

/** All that a server's view shows of ports, in three queries however many servers there are. */
export async function serverPortRows(db: Queries, serverIds: readonly string[]) {
  const ports = await selectPorts(db, serverIds);
  if (ports.length === 0) return { ports, addresses: [], groups: [] };
  const addresses = await selectAddresses(db, serverIds);
  const groups = await selectGroups(db, serverIds);
  return { ports, addresses, groups };
}

/** Which port has an address of a network, and whose it is. */
export async function portWithAddress(db: Queries, networkId: string, address: string) {
  return db
    .selectFrom('port_addresses as a')
    .innerJoin('ports as p', 'p.id', 'a.port_id')
    .select(['p.id as portId', 'p.server_id as serverId', 'p.project_id as projectId'])
    .where('a.network_id', '=', networkId)
    .where('a.address', '=', address)
    .executeTakeFirst();
}

/** Keys of addresses or their last four digits, both ends included. */
export interface KeyRanges {
  of: 'address' | 'tail';
  ranges: readonly { first: string; last: string }[];
}

/** Numbers of ranges that have a query of their own; the last one is repeated to fill them up. */
const rangeCounts = [1, 4, 16, 32];

const selectInRanges = { address: queriesBy('address'), tail: queriesBy('tail') };

function queriesBy(of: KeyRanges['of']) {
  return rangeCounts.map((count) => ({
    count,
    run: prepared(1 + 2 * count, (db, [like, ...keys]) =>
      db
        .selectFrom('port_addresses as a')
        .innerJoin('ports as p', 'p.id', 'a.port_id')
        .select(['p.server_id as serverId', 'a.address'])
        .where('p.server_id', 'is not', null)
        .where((where) => {
          // As in the index of migration 0030.
          const key = sql.raw<string>(of === 'tail' ? 'substr(address_key, 29)' : 'address_key');
          const ranges = Array.from({ length: count }, (_, at) =>
            where.between(key, keys[2 * at] as never, keys[2 * at + 1] as never),
          );
          return where.or(ranges);
        })
        .where(sql<boolean>`a.address like ${like} escape '\\'`),
    ),
  }));
}

/**
 * The addresses of servers' ports, of both versions: keys are numbers.
 * @param like narrows them down; `\` is its escape
 */
export async function serverAddresses(
  db: Queries,
  { of, ranges }: KeyRanges,
  like: string,
): Promise<{ serverId: string; address: string }[]> {
  const last = ranges.at(-1);
  if (!last) return [];
  const fitting = selectInRanges[of].find(({ count }) => count >= ranges.length);
  if (!fitting) throw new Error(`no query takes ${ranges.length} ranges`);
  const filling = Array<typeof last>(fitting.count - ranges.length).fill(last);
  const keys = [...ranges, ...filling].flatMap((range) => [range.first, range.last]);
  const rows = await fitting.run(db, [like, ...keys]);
  return rows.map((row) => ({ serverId: row.serverId ?? '', address: row.address }));
}
