import type { Queries } from '#db/database.ts';
import { serverPortRows } from './store.ts';

/** A server's port as compute and metadata show it. */
export interface ServerPort {
  id: string;
  serverId: string;
  /** Place among the server's ports, from 0. */
  index: number;
  networkId: string;
  networkName: string;
  mtu: number;
  macAddress: string;
  status: string;
  portSecurityEnabled: boolean;
  /** False for a port that the user made and keeps. */
  madeForServer: boolean;
  /** What the user called the card. */
  nicTag: string | null;
  fixedIps: { subnetId: string; address: string; ipVersion: 4 | 6 }[];
  /** Addresses of external networks that stand for fixed ones. */
  floatingIps: { address: string; fixedAddress: string }[];
  securityGroups: { id: string; name: string }[];
}

/** Servers named in one query; more are asked in slices, since databases limit parameters. */
const sliceSize = 1000;

/** @returns for each server that has ports, its ports in their order. */
export async function portsOfServers(
  db: Queries,
  serverIds: readonly string[],
): Promise<Map<string, ServerPort[]>> {
  const result = new Map<string, ServerPort[]>();
  for (let start = 0; start < serverIds.length; start += sliceSize) {
    const rows = await serverPortRows(db, serverIds.slice(start, start + sliceSize));
    const addressesOf = Map.groupBy(rows.addresses, (row) => row.portId);
    const groupsOf = Map.groupBy(rows.groups, (row) => row.portId);
    for (const row of rows.ports) {
      if (row.serverId === null) continue;
      const port: ServerPort = {
        id: row.id,
        serverId: row.serverId,
        index: row.serverIndex ?? 0,
        networkId: row.networkId,
        networkName: row.networkName,
        mtu: row.mtu,
        macAddress: row.macAddress,
        status: row.status,
        portSecurityEnabled: row.portSecurityEnabled === 1,
        madeForServer: row.madeForServer === 1,
        nicTag: row.nicTag ?? null,
        ...addressesFrom(addressesOf.get(row.id) ?? []),
        securityGroups: (groupsOf.get(row.id) ?? []).map(({ id, name }) => ({ id, name })),
      };
      const known = result.get(row.serverId);
      if (known) known.push(port);
      else result.set(row.serverId, [port]);
    }
  }
  return result;
}

type AddressRow = Awaited<ReturnType<typeof serverPortRows>>['addresses'][number];

/** An address stands in several rows when it has floating ones of several networks. */
function addressesFrom(rows: readonly AddressRow[]): Pick<ServerPort, 'fixedIps' | 'floatingIps'> {
  const fixedIps: ServerPort['fixedIps'] = [];
  const floatingIps: ServerPort['floatingIps'] = [];
  for (const { subnetId, address, floatingAddress } of rows) {
    if (fixedIps.at(-1)?.address !== address) {
      fixedIps.push({ subnetId, address, ipVersion: address.includes(':') ? 6 : 4 });
    }
    if (floatingAddress !== null) {
      floatingIps.push({ address: floatingAddress, fixedAddress: address });
    }
  }
  return { fixedIps, floatingIps };
}
