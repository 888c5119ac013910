import type { ComputeService } from '#compute/service.ts';
import { upsertHost } from './store.ts';

/** Writes down what this host has, so that placement may use it. */
export async function registerHost(service: ComputeService): Promise<void> {
  const { host } = service;
  await upsertHost(service.database.queries, {
    name: host.name,
    availability_zone: host.availabilityZone,
    hypervisor: host.hypervisor,
    vcpus: host.vcpus,
    memory_mib: host.memoryMib,
    disk_gib: host.diskGib,
    enabled: 1,
    seen_ms: service.clock.nowMs(),
  });
}
