import assert from 'node:assert/strict';
import { holdToHarness } from '#test/harness.ts';
import { makeServer } from '#test/servers.ts';

holdToHarness({
  kind: 'trigger-crash-dump',
  steps: ['inject-nmi'],
  prepare: (cloud) => makeServer(cloud),
  ask: async (cloud, id) => {
    const path = `/v2.1/servers/${id}/action`;
    const version = { 'openstack-api-version': 'compute 2.17' };
    const { status } = await cloud.demo.post(path, { trigger_crash_dump: null }, version);
    assert.equal(status, 202);
    return id;
  },
  done: 'ACTIVE',
  failed: 'ACTIVE',
});
