import assert from 'node:assert/strict';
import { holdToHarness } from '#test/harness.ts';
import { makeServer } from '#test/servers.ts';

const stories = [
  { kind: 'reset-network', action: { resetNetwork: null } },
  { kind: 'inject-network-info', action: { injectNetworkInfo: null } },
];

for (const { kind, action } of stories) {
  holdToHarness({
    kind,
    steps: ['apply-wires'],
    prepare: (cloud) => makeServer(cloud),
    ask: async (cloud, id) => {
      assert.equal((await cloud.admin.post(`/v2.1/servers/${id}/action`, action)).status, 202);
      return id;
    },
    done: 'ACTIVE',
    failed: 'ACTIVE',
  });
}
