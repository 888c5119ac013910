import type { ComputeService } from '#compute/service.ts';
import type { Allowed } from '#policy/engine.ts';
import { type Asked, actOnServer } from './act.ts';
import type { Server } from './server.ts';

/** Legal in every state; takes over from whatever else is happening to the server. */
export async function deleteServer(
  service: ComputeService,
  asked: Asked,
  server: Allowed<Server>,
): Promise<void> {
  // Asking twice is not asking for more.
  if (server.taskState === 'deleting') return;
  await actOnServer(service, asked, server, {
    action: 'delete',
    recordedAs: 'delete',
    taskState: 'deleting',
    operation: { kind: 'delete-server', input: {}, supersedes: true },
  });
}
