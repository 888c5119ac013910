/** How tightly a QEMU can be held on this host; found by trying. */
export interface Confinement {
  /** A user and group number of its own for each guest. */
  ownUser: boolean;
  /** QEMU's own system call filter. */
  seccomp: boolean;
}

export interface ConfinedProcess {
  /** Null: the user we are. */
  userId: number | null;
  /** Groups kept besides the own one, for device files. */
  groupIds: number[];
  /** The network namespace to start in, by the name `ip netns` knows; null for ours. */
  namespace: string | null;
  /** No file may grow past this. */
  maxFileBytes: number;
}

/**
 * QEMU's own filter: no system call it does not need, no other program, no further privilege.
 * A QEMU that its guest has taken over keeps these chains.
 */
export const seccompArgs: readonly string[] = [
  '-sandbox',
  'on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny',
];

/** Threads of one guest's user: vCPUs, I/O and display need fewer. */
const maxThreads = 1024;

/**
 * The argument vector that runs `command` in chains. Each program replaces itself by the next,
 * so the process number given by spawn is QEMU's in the end.
 */
export function confine(command: readonly string[], options: ConfinedProcess): string[] {
  const { namespace, userId, groupIds, maxFileBytes } = options;
  // nsenter rather than `ip netns exec`: the latter also makes a private copy of all mounts,
  // which keeps the host from unmounting any of them for as long as the guest lives.
  const enter = namespace === null ? [] : ['nsenter', `--net=/run/netns/${namespace}`, '--'];
  const limits = ['prlimit', `--fsize=${maxFileBytes}`, '--core=0'];
  if (userId !== null) limits.push(`--nproc=${maxThreads}`);
  // At the limit a write fails and the guest sees an I/O error, instead of QEMU being killed.
  const ignore = ['env', '--ignore-signal=XFSZ'];
  return [...enter, ...limits, '--', ...ignore, ...dropPrivileges(userId, groupIds), ...command];
}

function dropPrivileges(userId: number | null, groupIds: readonly number[]): string[] {
  if (userId === null) return ['setpriv', '--no-new-privs', '--'];
  const groups = groupIds.length > 0 ? `--groups=${groupIds.join(',')}` : '--clear-groups';
  return [
    'setpriv',
    `--reuid=${userId}`,
    `--regid=${userId}`,
    groups,
    '--no-new-privs',
    '--inh-caps=-all',
    '--bounding-set=-all',
    '--',
  ];
}
