import { act, after, holdToHarness } from '#test/harness.ts';
import { makeServer } from '#test/servers.ts';

holdToHarness({
  kind: 'suspend-server',
  steps: ['keep-memory', 'mark-suspended'],
  prepare: (cloud) => makeServer(cloud),
  ask: act({ suspend: null }),
  done: 'SUSPENDED',
  failed: 'ACTIVE SUSPENDED',
});

holdToHarness({
  kind: 'resume-server',
  steps: ['restore-memory', 'mark-active'],
  prepare: after({ suspend: null }),
  ask: act({ resume: null }),
  done: 'ACTIVE',
  failed: 'ACTIVE SUSPENDED',
});
