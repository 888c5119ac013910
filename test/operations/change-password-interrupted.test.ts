import type { TestCloud } from '#test/cloud.ts';
import { act, holdToHarness } from '#test/harness.ts';
import { makeImage, makeServer } from '#test/servers.ts';

holdToHarness({
  kind: 'change-password',
  steps: ['set-password', 'mark-done'],
  prepare: async (cloud: TestCloud) => {
    const imageRef = await makeImage(cloud.demo, { hw_qemu_guest_agent: 'yes' });
    return makeServer(cloud, { imageRef });
  },
  ask: act({ changePassword: { adminPass: 'other' } }),
  done: 'ACTIVE',
  failed: 'ACTIVE',
});
