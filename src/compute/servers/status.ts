/** Where a server stands, in Nova's words, which clients read in `OS-EXT-STS:vm_state`. */
export const vmStates = [
  'building',
  'active',
  'paused',
  'suspended',
  'stopped',
  'rescued',
  'resized',
  'shelved',
  'shelved_offloaded',
  'soft-delete',
  'error',
  'deleted',
] as const;

export type VmState = (typeof vmStates)[number];

/** What is being done to a server, in Nova's words (`OS-EXT-STS:task_state`). */
export const taskStates = [
  'scheduling',
  'networking',
  'spawning',
  'powering-on',
  'powering-off',
  'rebooting',
  'rebooting_hard',
  'pausing',
  'unpausing',
  'suspending',
  'resuming',
  'resize_prep',
  'resize_migrating',
  'resize_migrated',
  'resize_finish',
  'resize_confirming',
  'resize_reverting',
  'migrating',
  'rebuilding',
  'rebuild_spawning',
  'image_snapshot_pending',
  'image_snapshot',
  'image_pending_upload',
  'image_uploading',
  'image_backup',
  'rescuing',
  'unrescuing',
  'updating_password',
  'shelving',
  'shelving_image_pending_upload',
  'shelving_image_uploading',
  'shelving_offloading',
  'unshelving',
  'soft-deleting',
  'restoring',
  'deleting',
] as const;

export type TaskState = (typeof taskStates)[number];

/** Nova's numbers for what the hypervisor sees. */
export const powerStates = {
  none: 0,
  running: 1,
  paused: 3,
  shutdown: 4,
  crashed: 6,
  suspended: 7,
} as const;

/** The guest that each state promises; none on any host where it is not named. */
export const promisedPower: Readonly<Partial<Record<VmState, 'running' | 'paused' | 'suspended'>>> =
  {
    active: 'running',
    rescued: 'running',
    paused: 'paused',
    suspended: 'suspended',
  };

interface StatusRow {
  otherwise: string;
  tasks: Partial<Record<TaskState, string>>;
}

const reboots = { rebooting: 'REBOOT', rebooting_hard: 'HARD_REBOOT' } as const;
const rebuilds = { rebuilding: 'REBUILD', rebuild_spawning: 'REBUILD' } as const;
const resizes = {
  resize_prep: 'RESIZE',
  resize_migrating: 'RESIZE',
  resize_migrated: 'RESIZE',
  resize_finish: 'RESIZE',
} as const;
const migrates = { migrating: 'MIGRATING' } as const;

const statusTable: Readonly<Record<VmState, StatusRow>> = {
  building: { otherwise: 'BUILD', tasks: {} },
  active: {
    otherwise: 'ACTIVE',
    tasks: { ...reboots, ...rebuilds, ...resizes, ...migrates, updating_password: 'PASSWORD' },
  },
  paused: { otherwise: 'PAUSED', tasks: migrates },
  suspended: { otherwise: 'SUSPENDED', tasks: {} },
  stopped: { otherwise: 'SHUTOFF', tasks: { ...rebuilds, ...resizes } },
  rescued: { otherwise: 'RESCUE', tasks: {} },
  resized: { otherwise: 'VERIFY_RESIZE', tasks: { resize_reverting: 'REVERT_RESIZE' } },
  shelved: { otherwise: 'SHELVED', tasks: {} },
  shelved_offloaded: { otherwise: 'SHELVED_OFFLOADED', tasks: {} },
  'soft-delete': { otherwise: 'SOFT_DELETED', tasks: {} },
  error: { otherwise: 'ERROR', tasks: rebuilds },
  deleted: { otherwise: 'DELETED', tasks: {} },
};

/** The word clients see, made of both states as in the reference's table 4-2. */
export function statusOf(server: { vmState: VmState; taskState: TaskState | null }): string {
  const row = statusTable[server.vmState];
  return (server.taskState && row.tasks[server.taskState]) || row.otherwise;
}

/** Servers in this state whose task is one of these, or, with `butNot`, none of these. */
export interface StateMatch {
  vmState: VmState;
  tasks: readonly TaskState[];
  butNot: boolean;
}

/** What a `status` filter means; empty for a word that is no status. */
export function matchesOfStatus(status: string): StateMatch[] {
  const wanted = status.toUpperCase();
  return vmStates.flatMap((vmState) => {
    const row = statusTable[vmState];
    const named = Object.entries(row.tasks) as [TaskState, string][];
    const tasks = named.filter(([, word]) => word === wanted).map(([task]) => task);
    const others = named.filter(([, word]) => word !== wanted).map(([task]) => task);
    if (row.otherwise === wanted) return { vmState, tasks: others, butNot: true };
    return tasks.length > 0 ? { vmState, tasks, butNot: false } : [];
  });
}

const serverStatuses: ReadonlySet<string> = new Set(
  Object.values(statusTable).flatMap((row) => [row.otherwise, ...Object.values(row.tasks)]),
);

export function isServerStatus(word: string): boolean {
  return serverStatuses.has(word.toUpperCase());
}
