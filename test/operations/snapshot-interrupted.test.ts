import { act, after, holdToHarness } from '#test/harness.ts';
import { makeServer } from '#test/servers.ts';

holdToHarness({
  kind: 'snapshot-server',
  steps: ['take-snapshot', 'upload', 'drop-snapshot', 'mark-done'],
  prepare: (cloud) => makeServer(cloud),
  ask: act({ createImage: { name: 'taken' } }),
  done: 'ACTIVE',
  failed: 'ACTIVE',
});

holdToHarness({
  kind: 'backup-server',
  steps: ['rotate'],
  prepare: after({ 'os-stop': null }),
  ask: act({ createBackup: { name: 'kept', backup_type: 'daily', rotation: 1 } }),
  done: 'SHUTOFF',
  failed: 'SHUTOFF',
});
