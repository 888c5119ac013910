import type { Config } from '#base/config.ts';

export interface CommandCall {
  config: Config;
  /** Names of the command's own switches that were given, without dashes. */
  switches: ReadonlySet<string>;
}

/** @returns the exit code; throws an error whose message is a sentence for the operator. */
export type Command = (call: CommandCall) => Promise<number>;

export interface CommandRow {
  name: string;
  describe: string;
  switches: readonly { name: string; describe: string }[];
  /** Loaded late, so that `--help` does not wait for a whole cloud to be read. */
  load(): Promise<Command>;
}

export const commands: readonly CommandRow[] = [
  {
    name: 'up',
    describe: 'serve the cloud until TERM or INT; running servers go on without it',
    switches: [],
    load: async () => (await import('./up.ts')).up,
  },
  {
    name: 'stop',
    describe: 'end the serving process of this state directory, if there is one',
    switches: [{ name: 'servers', describe: 'end all servers and their networks too' }],
    load: async () => (await import('./stop.ts')).stop,
  },
  {
    name: 'agent',
    describe: 'serve one host only; no APIs reach it yet, see the decision on roles',
    switches: [],
    load: async () => (await import('./roles.ts')).agent,
  },
  {
    name: 'api',
    describe: 'serve the APIs only; they reach no agents yet, so that all hosts are down',
    switches: [],
    load: async () => (await import('./up.ts')).api,
  },
  {
    name: 'status',
    describe: 'say what serves this state directory, and how its hosts are',
    switches: [],
    load: async () => (await import('./status.ts')).status,
  },
  {
    name: 'doctor',
    describe: 'compare the database with the hosts, and say what differs',
    switches: [{ name: 'fix', describe: 'remove what is on the hosts and of no server' }],
    load: async () => (await import('./doctor.ts')).doctor,
  },
  {
    name: 'rotate-keys',
    describe: 'seal all secrets of the database anew by a new key, while nothing serves',
    switches: [],
    load: async () => (await import('./rotate-keys.ts')).rotateKeys,
  },
  {
    name: 'audit',
    describe: 'print who did what, as JSON lines, oldest first',
    switches: [],
    load: async () => (await import('./audit.ts')).audit,
  },
];
