import type { ComputeService, HostFacts } from '#compute/service.ts';
import { registerServices } from '#compute/services/register.ts';
import { insertHost, markServed, upsertHost } from './store.ts';

/** Writes down what the hosts of this process have, so that placement may use them. */
export async function registerHosts(service: ComputeService): Promise<void> {
  const { hosts, unheard, clock, controlHost, database, ids } = service;
  const nowMs = clock.nowMs();
  await database.transaction(async (tx) => {
    for (const host of hosts) await upsertHost(tx, { ...rowOf(host), seen_ms: nowMs });
    // What an agent told of its host in an earlier process says more than its name.
    for (const host of unheard) await insertHost(tx, { ...rowOf(host), seen_ms: nowMs });
    const names = hosts.map(({ name }) => name);
    await markServed(tx, names);
    await registerServices(tx, ids, controlHost, nowMs);
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
