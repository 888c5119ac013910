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
];
