import assert from 'node:assert/strict';
import { act, after, holdToHarness } from '#test/harness.ts';
import { makeServer } from '#test/servers.ts';

const offloading = ['remove-guest', 'remove-wires', 'remove-disks', 'mark-offloaded'];

holdToHarness({
  kind: 'shelve-server',
  steps: ['power-off', 'save-image', 'mark-shelved', ...offloading],
  prepare: (cloud) => makeServer(cloud),
  ask: act({ shelve: null }),
  done: 'SHELVED_OFFLOADED',
  failed: 'ACTIVE SHELVED',
});

holdToHarness({
  kind: 'shelve-offload-server',
  steps: offloading,
  config: { shelvedOffloadMs: Number.POSITIVE_INFINITY },
  prepare: after({ shelve: null }),
  ask: async ({ admin }, id) => {
    const { status } = await admin.post(`/v2.1/servers/${id}/action`, { shelveOffload: null });
    assert.equal(status, 202);
    return id;
  },
  done: 'SHELVED_OFFLOADED',
  failed: 'SHELVED',
});

holdToHarness({
  kind: 'unshelve-server',
  steps: ['claim-host', 'power-on', 'mark-active', 'discard-image'],
  prepare: after({ shelve: null }),
  ask: act({ unshelve: null }),
  done: 'ACTIVE',
  failed: 'SHELVED_OFFLOADED',
});
