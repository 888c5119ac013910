import { existsSync } from 'node:fs';
import { hostFolder } from '#base/served-host.ts';
import type { CloudOptions } from '#cloud';
import type { HypervisorDriver } from '#drivers/hypervisor/hypervisor.ts';
import { openQemuDriver } from '#drivers/hypervisor/qemu/driver.ts';
import type { Drivers } from './drivers.ts';

type Options = Pick<CloudOptions, 'config' | 'clock' | 'log'>;
type Fence = (host: string, serverId: string) => Promise<boolean>;

/**
 * The means to end guests of hosts whose agents are silent: of a host on this machine the processes
 * are reached through its folder, also when it is not served any more.
 */
export function fenceOf(options: Options, drivers: Drivers): Fence {
  const folderOf = (host: string) => hostFolder(options.config.stateDirectory, host);
  return async (host, serverId) => {
    const open = drivers.hosts?.get(host)?.hypervisor;
    if (open) await open.remove(serverId);
    else if (existsSync(folderOf(host))) await endIn(options, folderOf(host), serverId);
    else return endOnOnly(drivers, serverId);
    return true;
  };
}

async function endIn(options: Options, stateFolder: string, serverId: string): Promise<void> {
  const { clock, log } = options;
  const hypervisor = await openQemuDriver({ stateFolder, clock, log, accelerator: 'tcg' });
  try {
    await hypervisor.remove(serverId);
  } finally {
    await hypervisor.close();
  }
}

/** Simulated hosts are all one machine; a real one that was renamed still has its guests. */
async function endOnOnly({ hypervisor, hosts }: Drivers, serverId: string): Promise<boolean> {
  if (hosts || !(await isHere(hypervisor, serverId))) return false;
  await hypervisor.remove(serverId);
  return true;
}

async function isHere(hypervisor: HypervisorDriver, serverId: string): Promise<boolean> {
  if (hypervisor.facts.kind === 'simulated') return true;
  return (await hypervisor.guest(serverId)) !== undefined;
}
