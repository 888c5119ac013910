import { hostname } from 'node:os';
import { join } from 'node:path';
import { type Config, ConfigError } from '#base/config.ts';

/** Everything of one host, where several share the machine; names of hosts are names of files. */
export const hostFolder = (stateDirectory: string, host: string) =>
  join(stateDirectory, 'hosts', host);

/** The host that a process without a database serves. */
export interface ServedHost {
  name: string;
  /** Holds all that the host has; nobody else may have it open. */
  folder: string;
}

/** Which host it is, and where it lies. Throws ConfigError where that is not said. */
export function servedHost({ hosts, agentHost, stateDirectory }: Config): ServedHost {
  const names = hosts.length > 0 ? hosts.map(({ name }) => name) : [agentHost ?? hostname()];
  const [only, ...others] = names;
  if (agentHost === null && others.length > 0) {
    throw new ConfigError(
      `An agent serves one host, but ${names.length} are named: say which one with --host.`,
    );
  }
  const name = agentHost ?? only ?? '';
  if (!names.includes(name)) {
    throw new ConfigError(`There is no host ${JSON.stringify(name)} among ${names.join(', ')}.`);
  }
  const isOne = others.length === 0;
  return { name, folder: isOne ? stateDirectory : hostFolder(stateDirectory, name) };
}
