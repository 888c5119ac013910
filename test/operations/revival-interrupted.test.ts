import assert from 'node:assert/strict';
import { holdToHarness } from '#test/harness.ts';
import { makeServer } from '#test/servers.ts';

holdToHarness({
  kind: 'revive-wires',
  steps: ['revive-wires'],
  prepare: async (cloud) => {
    const id = await makeServer(cloud);
    cloud.hosts.hypervisor.deadWires.add(id);
    return id;
  },
  // As the reconciler does; nobody asks for it from outside.
  ask: async (cloud, id) => {
    const { operations } = cloud.cloud.services;
    const about = { subject: id, projectId: null, requestId: `req-${id}`, input: {} };
    await operations.transaction((_tx, record) => record({ kind: 'revive-wires', ...about }));
    return id;
  },
  always: async (cloud, id) => {
    assert.equal(cloud.hosts.network.ports.size, 1, 'its wire is there');
    assert.ok(cloud.hosts.hypervisor.guests.get(id)?.power === 'running');
  },
  done: 'ACTIVE',
  failed: 'ACTIVE',
});
