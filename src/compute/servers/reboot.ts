import type { ComputeService } from '#compute/service.ts';
import type { Allowed } from '#policy/engine.ts';
import { type Asked, actOnServer } from './act.ts';
import type { Server } from './server.ts';

export function rebootServer(
  service: ComputeService,
  asked: Asked,
  server: Allowed<Server>,
  type: 'SOFT' | 'HARD',
): Promise<void> {
  const isHard = type === 'HARD';
  return actOnServer(service, asked, server, {
    action: isHard ? 'reboot-hard' : 'reboot-soft',
    recordedAs: 'reboot',
    // A hard reboot is what one asks for when a soft one does not come to its end.
    operation: { kind: 'reboot-server', input: { type }, supersedes: isHard },
  });
}
