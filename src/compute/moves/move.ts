import { claimedDiskGib, type FlavorSnapshot, type LocalDisk } from '#compute/servers/server.ts';

/** Where a server is before or after a move, and how large. */
export interface MoveSide {
  host: string;
  zone: string;
  /** Whole, as the server's row keeps it. */
  flavor: FlavorSnapshot;
  /** Its disks besides the root disk. */
  localDisks: readonly LocalDisk[];
}

/**
 * A resize or cold migration that is neither confirmed nor reverted, or a live migration that goes
 * on. Both sides are claimed as long as it is there: that of the server by its own row, the other
 * one by this.
 */
export interface ServerMove {
  serverId: string;
  /** Of the record that administrators list. */
  migrationId: number;
  projectId: string;
  userId: string;
  /** What the server was before, and becomes again. */
  vmState: 'active' | 'paused' | 'stopped';
  source: MoveSide;
  target: MoveSide;
  /** On which of them the server's own row stands. */
  side: 'source' | 'target';
  finishedMs: number | null;
}

/** The side that the server's row is on, and the one that is only held. */
export function sidesOf(move: ServerMove): { own: MoveSide; held: MoveSide } {
  const { source, target } = move;
  return move.side === 'source' ? { own: source, held: target } : { own: target, held: source };
}

/** Those columns of a server's row that say where it is and how large. */
export function rowOfSide({ host, zone, flavor, localDisks }: MoveSide) {
  return {
    host,
    availability_zone: zone,
    flavor: JSON.stringify(flavor),
    flavor_id: flavor.id,
    vcpus: flavor.vcpus,
    memory_mib: flavor.memoryMib,
    disk_gib: claimedDiskGib(flavor),
    local_disks: localDisks.length > 0 ? JSON.stringify(localDisks) : null,
  };
}

/**
 * The local disks of a server that gets this flavor: a single one follows the flavor's share, those
 * that were shared out as their owner wished stay as they are. None becomes smaller but swap.
 */
export function resizedDisks(
  disks: readonly LocalDisk[],
  old: FlavorSnapshot,
  flavor: FlavorSnapshot,
): LocalDisk[] {
  const ofKind = (kind: LocalDisk['kind'], name: string, hadBytes: number, hasBytes: number) => {
    const own = disks.filter((disk) => disk.kind === kind);
    const isShared = own.length > 1 || own.some(({ sizeBytes }) => sizeBytes !== hadBytes);
    const fit = (disk: LocalDisk) => ({ ...disk, sizeBytes: Math.min(disk.sizeBytes, hasBytes) });
    if (isShared && hasBytes > 0) return own.map(fit);
    return hasBytes > 0 ? [{ name, kind, sizeBytes: hasBytes }] : [];
  };
  const [gib, mib] = [1024 ** 3, 1024 ** 2];
  return [
    ...ofKind('ephemeral', 'ephemeral0', old.ephemeralGib * gib, flavor.ephemeralGib * gib),
    ...ofKind('swap', 'swap', old.swapMib * mib, flavor.swapMib * mib),
  ];
}
