import type { ComputeService } from '#compute/service.ts';
import type { Allowed } from '#policy/engine.ts';
import { type Asked, actOnServer } from './act.ts';
import type { Server } from './server.ts';

/** `SOFT` asks the guest by its power button first; `HARD` does not. */
export function stopServer(
  service: ComputeService,
  asked: Asked,
  server: Allowed<Server>,
  type: 'SOFT' | 'HARD',
): Promise<void> {
  return actOnServer(service, asked, server, {
    action: 'stop',
    recordedAs: 'stop',
    operation: { kind: 'stop-server', input: { type } },
  });
}
