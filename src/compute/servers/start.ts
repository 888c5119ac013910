import type { ComputeService } from '#compute/service.ts';
import type { Allowed } from '#policy/engine.ts';
import { type Asked, actOnServer } from './act.ts';
import type { Server } from './server.ts';

export function startServer(
  service: ComputeService,
  asked: Asked,
  server: Allowed<Server>,
): Promise<void> {
  return actOnServer(service, asked, server, {
    action: 'start',
    recordedAs: 'start',
    operation: { kind: 'start-server', input: {} },
  });
}
