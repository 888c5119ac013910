import assert from 'node:assert/strict';
import type { TestCloud } from '#test/cloud.ts';
import { shown } from '#test/resizes.ts';

/** Whatever happened: its guest is where its row says, as it was, and nowhere else. */
export function isOnOneHost(power: 'running' | 'paused') {
  return async (cloud: TestCloud, id: string) => {
    const host = (await shown(cloud, id))['OS-EXT-SRV-ATTR:host'];
    const found = [...cloud.hosts.machines].map(([name, { hypervisor, network, storage }]) => [
      name,
      hypervisor.guests.get(id)?.power ?? 'absent',
      hypervisor.moves.arriving,
      network.ports.size,
      storage.rootDisks.has(id),
    ]);
    const expected = ['east', 'west'].map((name) =>
      name === host ? [name, power, [], 1, true] : [name, 'absent', [], 0, false],
    );
    assert.deepEqual(found.sort(), expected);
    const { body } = await cloud.admin.get('/v2.1/os-hypervisors/detail');
    const rows = body.hypervisors as { hypervisor_hostname: string; running_vms: number }[];
    const used = rows.map((row) => [row.hypervisor_hostname, row.running_vms]);
    const expectedLoad = ['east', 'west'].map((name) => [name, name === host ? 1 : 0]);
    assert.deepEqual(used.sort(), expectedLoad);
  };
}
