import assert from 'node:assert/strict';
import type { TestCloud } from '#test/cloud.ts';
import { holdToHarness, type Story } from '#test/harness.ts';
import { settleAction } from '#test/resizes.ts';
import { makeServer } from '#test/servers.ts';
import { isOnOneHost } from './one-host.ts';

async function ask(cloud: TestCloud, id: string): Promise<string> {
  const body = { 'os-migrateLive': { host: null, block_migration: 'auto' } };
  const headers = { 'openstack-api-version': 'compute 2.34' };
  const { status } = await cloud.admin.post(`/v2.1/servers/${id}/action`, body, headers);
  assert.equal(status, 202);
  return id;
}

const kind = 'live-migrate-server';
const steps = [
  'prepare-target',
  'move-guest',
  'change-sides',
  'go-on',
  'mark-arrived',
  'leave-source',
  'mark-migrated',
];
const cloud = { hosts: [{ name: 'east' }, { name: 'west' }], areApart: true };

const stories: Story[] = [
  {
    ...{ kind, steps, cloud, ask },
    prepare: (cloud) => makeServer(cloud),
    always: isOnOneHost('running'),
    done: 'ACTIVE',
    failed: 'ACTIVE',
  },
  {
    ...{ kind, steps: ['move-guest', 'go-on'], cloud, ask },
    prepare: async (cloud) => {
      const id = await makeServer(cloud);
      await settleAction(cloud, id, { pause: null });
      return id;
    },
    always: isOnOneHost('paused'),
    done: 'PAUSED',
    failed: 'PAUSED',
  },
];

for (const story of stories) holdToHarness(story);
