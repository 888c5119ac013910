import { existsSync } from 'node:fs';
import { servedHost } from '#base/served-host.ts';
import type { CommandCall } from './commands.ts';
import { askIn } from './control-socket.ts';
import { findHolder } from './state-lock.ts';

/**
 * Says what serves the state directory and how its hosts are; of several hosts the agent of the
 * one that is named.
 * @returns 0 where a process answers
 */
export async function status({ config, switches }: CommandCall): Promise<number> {
  const { stateDirectory } = config;
  const folder = config.agentHost === null ? stateDirectory : servedHost(config).folder;
  const code = existsSync(folder)
    ? await askIn(folder, 'status', switches, (line) => console.log(line))
    : undefined;
  if (code !== undefined) return code;
  const holder = findHolder(folder);
  const who = holder ? `process ${holder.processId}, which does not answer` : 'nothing';
  throw new Error(`${folder} is served by ${who}.`);
}
