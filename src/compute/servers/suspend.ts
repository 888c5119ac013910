import type { ComputeService } from '#compute/service.ts';
import type { Allowed } from '#policy/engine.ts';
import { type Asked, actOnServer } from './act.ts';
import type { Server } from './server.ts';

/** Memory and devices go to the disk, and come back with `resume`. */
export function suspendServer(
  service: ComputeService,
  asked: Asked,
  server: Allowed<Server>,
): Promise<void> {
  return actOnServer(service, asked, server, {
    action: 'suspend',
    recordedAs: 'suspend',
    operation: { kind: 'suspend-server', input: {} },
  });
}

/** It goes on where it was. */
export function resumeServer(
  service: ComputeService,
  asked: Asked,
  server: Allowed<Server>,
): Promise<void> {
  return actOnServer(service, asked, server, {
    action: 'resume',
    recordedAs: 'resume',
    operation: { kind: 'resume-server', input: {} },
  });
}
