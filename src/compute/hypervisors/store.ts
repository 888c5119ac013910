import { type HostLoad, isHostUp, listHostLoads } from '#compute/hosts/store.ts';
import type { CpuFacts } from '#compute/service.ts';
import { isFresh } from '#compute/services/service-row.ts';
import type { Queries } from '#db/database.ts';
import type { HostedServer, Hypervisor } from './hypervisor.ts';

const unknownCpu: CpuFacts = {
  model: 'unknown',
  vendor: 'unknown',
  features: [],
  topology: { sockets: 1, cores: 1, threads: 1 },
};

/** Every host, in the order of their numbers. */
export async function listHypervisorRows(db: Queries, nowMs: number): Promise<Hypervisor[]> {
  const busy = await busyByHost(db);
  return (await listHostLoads(db))
    .map((host) => hypervisorOf(host, busy.get(host.name) ?? 0, nowMs))
    .sort((a, b) => a.number - b.number);
}

function hypervisorOf(host: HostLoad, busyServers: number, nowMs: number): Hypervisor {
  return {
    number: host.number,
    uuid: host.uuid,
    host: host.name,
    isEnabled: host.enabled === 1,
    isUp: isHostUp(host) && isFresh(host.seen_ms, nowMs),
    serviceUuid: host.service_uuid,
    disabledReason: host.disabled_reason,
    type: host.hypervisor === 'qemu' ? 'QEMU' : host.hypervisor,
    version: host.hypervisor_version,
    address: host.address,
    architecture: host.architecture,
    cpu: { ...unknownCpu, ...(JSON.parse(host.cpu_info) as Partial<CpuFacts>) },
    vcpus: host.vcpus,
    memoryMib: host.memory_mib,
    diskGib: host.disk_gib,
    vcpusUsed: host.vcpusUsed,
    memoryMibUsed: host.memoryMibUsed,
    diskGibUsed: host.diskGibUsed,
    servers: host.servers,
    busyServers,
  };
}

async function busyByHost(db: Queries): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('servers')
    .select(['host', (select) => select.fn.countAll().as('count')])
    .where('deleted_ms', 'is', null)
    .where('host', 'is not', null)
    .where('task_state', 'is not', null)
    .groupBy('host')
    .execute();
  return new Map(rows.map((row) => [row.host ?? '', Number(row.count)]));
}

/** Live servers of each of these hosts, in the order in which they were made. */
export async function serversByHost(
  db: Queries,
  hosts: readonly string[],
): Promise<Map<string, HostedServer[]>> {
  const byHost = new Map<string, HostedServer[]>();
  if (hosts.length === 0) return byHost;
  const rows = await db
    .selectFrom('servers')
    .select(['id', 'number', 'host'])
    .where('deleted_ms', 'is', null)
    .where('host', 'in', hosts)
    .orderBy('number')
    .execute();
  for (const { id, number, host } of rows) {
    const list = byHost.get(host ?? '') ?? [];
    list.push({ id, instanceName: instanceNameOf(number) });
    byHost.set(host ?? '', list);
  }
  return byHost;
}

function instanceNameOf(number: number): string {
  return `instance-${number.toString(16).padStart(8, '0')}`;
}
