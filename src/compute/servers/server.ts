import type { HintLists } from './hints.ts';

export type VmState = 'building' | 'active' | 'stopped' | 'error' | 'deleted';

export type TaskState =
  | 'scheduling'
  | 'networking'
  | 'spawning'
  | 'powering-on'
  | 'powering-off'
  | 'rebooting'
  | 'rebooting_hard'
  | 'deleting';

/** Nova's numbers for what the hypervisor sees. */
export const powerStates = { none: 0, running: 1, paused: 3, shutdown: 4 } as const;

/** The flavor as a server keeps it. */
export interface FlavorSnapshot {
  id: string;
  name: string;
  vcpus: number;
  memoryMib: number;
  diskGib: number;
  ephemeralGib: number;
  swapMib: number;
  extraSpecs: Record<string, string>;
}

export interface Fault {
  code: number;
  message: string;
  /** Only administrators see it. */
  details?: string;
  createdMs: number;
}

/** A server as the rooms above the store see it. */
export interface Server {
  id: string;
  instanceName: string;
  projectId: string;
  userId: string;
  name: string;
  description: string | null;
  hostname: string;
  vmState: VmState;
  taskState: TaskState | null;
  powerState: number;
  flavor: FlavorSnapshot;
  /** Empty for a server that has no image. */
  imageId: string;
  imageProperties: Record<string, string>;
  keyName: string | null;
  keyPublic: string | null;
  /** Base64, as it was sent. */
  userData: string | null;
  metadata: Record<string, string>;
  configDrive: boolean;
  pinnedZone: string | null;
  availabilityZone: string | null;
  host: string | null;
  accessIpv4: string;
  accessIpv6: string;
  diskConfig: 'AUTO' | 'MANUAL';
  reservationId: string;
  launchIndex: number;
  isLocked: boolean;
  /** The side that locked it; the other one cannot unlock it, except administrators. */
  lockedBy: 'owner' | 'admin' | null;
  lockedReason: string | null;
  fault: Fault | null;
  schedulerHints: HintLists;
  trustedCertificates: readonly string[] | null;
  createdMs: number;
  updatedMs: number;
  launchedMs: number | null;
  terminatedMs: number | null;
  deletedMs: number | null;
}

/** The word clients see, made of both states as in the reference's table 4-2. */
export function statusOf(server: Pick<Server, 'vmState' | 'taskState'>): string {
  const byTask = statusTable[server.vmState];
  return (server.taskState && byTask.tasks[server.taskState]) || byTask.otherwise;
}

const statusTable: Record<
  VmState,
  { otherwise: string; tasks: Partial<Record<TaskState, string>> }
> = {
  building: { otherwise: 'BUILD', tasks: {} },
  active: { otherwise: 'ACTIVE', tasks: { rebooting: 'REBOOT', rebooting_hard: 'HARD_REBOOT' } },
  stopped: { otherwise: 'SHUTOFF', tasks: { rebooting_hard: 'HARD_REBOOT' } },
  error: { otherwise: 'ERROR', tasks: {} },
  deleted: { otherwise: 'DELETED', tasks: {} },
};

/** Servers in this state whose task is one of these, or, with `butNot`, none of these. */
export interface StateMatch {
  vmState: VmState;
  tasks: readonly TaskState[];
  butNot: boolean;
}

/** What a `status` filter means; empty for a word that is no status. */
export function matchesOfStatus(status: string): StateMatch[] {
  const wanted = status.toUpperCase();
  const rows = Object.entries(statusTable) as [VmState, (typeof statusTable)[VmState]][];
  return rows.flatMap(([vmState, row]) => {
    const named = Object.entries(row.tasks) as [TaskState, string][];
    const tasks = named.filter(([, word]) => word === wanted).map(([task]) => task);
    const others = named.filter(([, word]) => word !== wanted).map(([task]) => task);
    if (row.otherwise === wanted) return { vmState, tasks: others, butNot: true };
    return tasks.length > 0 ? { vmState, tasks, butNot: false } : [];
  });
}

/** Every status that Nova knows; some of them no server of ours is ever in. */
const serverStatuses: ReadonlySet<string> = new Set([
  'ACTIVE',
  'BUILD',
  'DELETED',
  'ERROR',
  'HARD_REBOOT',
  'MIGRATING',
  'PASSWORD',
  'PAUSED',
  'REBOOT',
  'REBUILD',
  'RESCUE',
  'RESIZE',
  'REVERT_RESIZE',
  'SHELVED',
  'SHELVED_OFFLOADED',
  'SHUTOFF',
  'SOFT_DELETED',
  'SUSPENDED',
  'VERIFY_RESIZE',
]);

export function isServerStatus(word: string): boolean {
  return serverStatuses.has(word.toUpperCase());
}

/** A DNS label from a server's name, as Nova's `sanitize_hostname` makes it. */
export function hostnameFrom(name: string, serverId: string): string {
  const label = name
    .normalize('NFKD')
    .replaceAll(/[ _.]/g, '-')
    .replaceAll(/[^A-Za-z0-9-]/g, '')
    .toLowerCase()
    .replaceAll(/^[-]+|[-]+$/g, '')
    .slice(0, 63);
  return label || `server-${serverId}`;
}
