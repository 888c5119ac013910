import assert from 'node:assert/strict';
import type { TestCloud } from '#test/cloud.ts';
import { act, holdToHarness } from '#test/harness.ts';
import { makeServer } from '#test/servers.ts';

const config = { reclaimAfterMs: 3_600_000 };

async function putAside(cloud: TestCloud, id: string): Promise<string> {
  assert.equal((await cloud.demo.delete(`/v2.1/servers/${id}`)).status, 204);
  return id;
}

holdToHarness({
  kind: 'soft-delete-server',
  config,
  steps: ['power-off', 'settle-move', 'mark-put-aside'],
  prepare: (cloud) => makeServer(cloud),
  ask: putAside,
  done: 'SOFT_DELETED',
  failed: 'ACTIVE ERROR',
});

holdToHarness({
  kind: 'restore-server',
  config,
  steps: ['power-on', 'mark-active'],
  prepare: async (cloud) => {
    const id = await putAside(cloud, await makeServer(cloud));
    await cloud.cloud.services.operations.whenIdle();
    return id;
  },
  ask: act({ restore: null }),
  done: 'ACTIVE',
  failed: 'SOFT_DELETED',
});
