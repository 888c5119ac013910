import type { ComputeService } from '#compute/service.ts';
import { markServed, upsertHost } from './store.ts';

/** Writes down what the hosts of this process have, so that placement may use them. */
export async function registerHosts(service: ComputeService): Promise<void> {
  const { hosts, clock, database } = service;
  await database.transaction(async (tx) => {
    for (const host of hosts) {
      await upsertHost(tx, {
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
        enabled: 1,
        seen_ms: clock.nowMs(),
      });
    }
    const names = hosts.map(({ name }) => name);
    await markServed(tx, names);
  });
}
