import { act, after, holdToHarness } from '#test/harness.ts';
import { makeServer } from '#test/servers.ts';

holdToHarness({
  kind: 'pause-server',
  steps: ['pause-guest', 'mark-paused'],
  prepare: (cloud) => makeServer(cloud),
  ask: act({ pause: null }),
  done: 'PAUSED',
  failed: 'ACTIVE',
});

holdToHarness({
  kind: 'unpause-server',
  steps: ['unpause-guest', 'mark-active'],
  prepare: after({ pause: null }),
  ask: act({ unpause: null }),
  done: 'ACTIVE',
  failed: 'PAUSED',
});
