import type { ComputeService } from '#compute/service.ts';
import type { Allowed } from '#policy/engine.ts';
import { type Asked, actOnServer } from './act.ts';
import type { Server } from './server.ts';

/** The guest's processors stand still; its memory, disks and cards stay as they are. */
export function pauseServer(
  service: ComputeService,
  asked: Asked,
  server: Allowed<Server>,
): Promise<void> {
  return actOnServer(service, asked, server, {
    action: 'pause',
    recordedAs: 'pause',
    operation: { kind: 'pause-server', input: {} },
  });
}

export function unpauseServer(
  service: ComputeService,
  asked: Asked,
  server: Allowed<Server>,
): Promise<void> {
  return actOnServer(service, asked, server, {
    action: 'unpause',
    recordedAs: 'unpause',
    operation: { kind: 'unpause-server', input: {} },
  });
}
