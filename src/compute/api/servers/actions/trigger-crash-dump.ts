import { triggerCrashDump as trigger } from '#compute/servers/trigger-crash-dump.ts';
import { bareAction } from './bare-action.ts';

export const triggerCrashDump = bareAction({
  name: 'trigger_crash_dump',
  summary: 'Sends a server the interrupt on which a guest that is set up for it dumps its memory.',
  requires: ['ecs:servers:triggerCrashDump', 'ecs:servers:get'],
  since: '2.17',
  isNullOnly: true,
  verb: trigger,
});
