import type { ComputeService, HostFacts } from '#compute/service.ts';
import { registerServices } from '#compute/services/register.ts';
import { controlHostOf } from './heartbeat.ts';
import { markServed, upsertHost } from './store.ts';

/** Writes down what the hosts of this process have, so that placement may use them. */
export async function registerHosts(service: ComputeService): Promise<void> {
  const { hosts, clock, database, ids } = service;
  const nowMs = clock.nowMs();
  await database.transaction(async (tx) => {
    for (const host of hosts) await upsertHost(tx, { ...rowOf(host), seen_ms: nowMs });
    const names = hosts.map(({ name }) => name);
    await markServed(tx, names);
    await registerServices(tx, ids, controlHostOf(service), nowMs);
  });
}

function rowOf(host: HostFacts) {
  return {
    name: host.name,
    availability_zone: host.availabilityZone,
    hypervisor: host.hypervisor,
    architecture: host.architecture,
    vcpus: host.vcpus,
    memory_mib: host.memoryMib,
    disk_gib: host.diskGib,
    vcpus_ratio: host.ratios.vcpus,
    memory_ratio: host.ratios.memory,
    disk_ratio: host.ratios.disk,
    hypervisor_version: host.hypervisorVersion,
    address: host.address,
    cpu_info: JSON.stringify(host.cpu),
    enabled: 1,
  };
}
