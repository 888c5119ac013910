import assert from 'node:assert/strict';
import type { TestCloud } from '#test/cloud.ts';
import { holdToHarness } from '#test/harness.ts';
import { makeImage, makeServer } from '#test/servers.ts';

const version = { 'openstack-api-version': 'compute 2.81' };

/** An aggregate of one of the hosts. */
async function aggregateOf(cloud: TestCloud, host: string): Promise<number> {
  const path = '/v2.1/os-aggregates';
  const made = await cloud.admin.post(path, { aggregate: { name: 'edge' } });
  const { id } = made.body.aggregate;
  await cloud.admin.post(`${path}/${id}/action`, { add_host: { host } });
  return id;
}

// Nothing is promised of a server but that it is left alone.
holdToHarness({
  kind: 'cache-image',
  steps: ['fetch'],
  cloud: { hosts: [{ name: 'east' }, { name: 'west' }], areApart: true },
  prepare: (cloud) => makeServer(cloud),
  ask: async (cloud, id) => {
    const cache = [{ id: await makeImage(cloud.admin) }];
    const path = `/v2.1/os-aggregates/${await aggregateOf(cloud, 'east')}/images`;
    assert.equal((await cloud.admin.post(path, { cache }, version)).status, 202);
    return id;
  },
  done: 'ACTIVE',
  failed: 'ACTIVE',
});
