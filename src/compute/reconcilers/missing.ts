import type { Server } from '#compute/servers/server.ts';
import { promisedPower, type VmState } from '#compute/servers/status.ts';
import type { ComputeService } from '#compute/service.ts';
import { allServers, type Holdings } from './foreign.ts';

type Parts = Pick<ComputeService, 'agent' | 'database' | 'networks'>;

/** Ids of servers and ports whose guests, disks or wires are not where they should be. */
export type Missing = Holdings;

/** States in which a server has a root disk on its host. */
const withDisk: ReadonlySet<VmState> = new Set([
  'active',
  'stopped',
  'paused',
  'suspended',
  'rescued',
  'resized',
  'shelved',
  'soft-delete',
]);

/** What servers at rest should have on a host and do not; those with a task are being worked on. */
export async function findMissing(service: Parts, host: string): Promise<Missing> {
  const agent = service.agent.on(host);
  const powers = new Map(await agent.powers());
  const { diskIds, rootDiskIds, portIds } = await agent.holdings();
  const disks = new Set(rootDiskIds ?? diskIds);
  const servers = (await allServers(service)).filter((server) => isHere(service, server, host));
  const guestless = servers.filter(({ id, vmState }) => {
    const promised = promisedPower[vmState];
    return promised !== undefined && powers.get(id) !== promised;
  });
  const diskless = servers.filter(({ id, vmState }) => withDisk.has(vmState) && !disks.has(id));
  const wired = servers.filter(({ vmState }) => vmState === 'active' || vmState === 'paused');
  const ports = await service.networks.portsOf(wired.map(({ id }) => id));
  const wireless = [...ports.values()].flat().filter(({ id }) => !portIds.includes(id));
  return { guestIds: idsOf(guestless), diskIds: idsOf(diskless), portIds: idsOf(wireless) };
}

const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id).sort();

function isHere({ agent }: Parts, { host, taskState }: Server, asked: string): boolean {
  if (host === null || taskState !== null) return false;
  return host === asked || agent.hosts().length === 1;
}
