import type { ComputeService } from '#compute/service.ts';
import type { Allowed } from '#policy/engine.ts';
import { type Asked, actOnServer } from './act.ts';
import type { Server } from './server.ts';

/** What the guest makes of it is its own affair: its state does not change by our hand. */
export function triggerCrashDump(
  service: ComputeService,
  asked: Asked,
  server: Allowed<Server>,
): Promise<void> {
  return actOnServer(service, asked, server, {
    action: 'trigger-crash-dump',
    recordedAs: 'trigger_crash_dump',
    operation: { kind: 'trigger-crash-dump', input: {} },
  });
}
