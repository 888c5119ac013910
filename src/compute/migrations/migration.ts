/** How far a part of a server has moved; null where nobody counts yet. */
export interface MoveProgress {
  totalBytes: number | null;
  processedBytes: number | null;
  remainingBytes: number | null;
}

/** A server's move from one host to another, or to another flavor. */
export interface ServerMigration {
  id: number;
  uuid: string;
  serverId: string;
  /** Of the request that moved it. */
  projectId: string;
  userId: string;
  type: 'migration' | 'resize' | 'live-migration' | 'evacuation';
  status: string;
  sourceHost: string | null;
  targetHost: string | null;
  targetAddress: string | null;
  oldFlavorNumber: number | null;
  newFlavorNumber: number | null;
  isHidden: boolean;
  memory: MoveProgress;
  disk: MoveProgress;
  createdMs: number;
  updatedMs: number | null;
}

/** Statuses in which a live migration goes on. */
const goingOn: ReadonlySet<string> = new Set(['queued', 'preparing', 'running', 'post-migrating']);

/** Those that are shown below their server: they run and could be ended. */
export function isLiveAndGoingOn({ type, status }: Pick<ServerMigration, 'type' | 'status'>) {
  return type === 'live-migration' && goingOn.has(status);
}
