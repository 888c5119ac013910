import { createHash } from 'node:crypto';
import type { CloudOptions } from '#cloud';
import type { LinuxNetworkOptions } from '#drivers/network/linux/linux-network.ts';

/** @param folder of the host whose wires they are */
export function linuxOptions(
  { config, clock, log }: Pick<CloudOptions, 'config' | 'clock' | 'log'>,
  folder: string,
): LinuxNetworkOptions {
  const { uplink } = config;
  return {
    instanceId: instanceOf(folder),
    clock,
    log,
    uplink: uplink === 'host' ? { kind: 'host' } : { kind: 'namespace', name: uplink },
  };
}

/** Of a host whose networks another one serves. */
export function furtherLinuxOptions(
  options: Parameters<typeof linuxOptions>[0],
  folder: string,
): LinuxNetworkOptions {
  const servedBy = instanceOf(options.config.stateDirectory);
  return { ...linuxOptions(options, folder), servedBy };
}

/** The same for every start on one state directory, and another for every other. */
export function instanceOf(stateDirectory: string): string {
  const letters = 8;
  return createHash('sha256').update(stateDirectory).digest('hex').slice(0, letters);
}
