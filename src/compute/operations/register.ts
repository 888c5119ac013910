import type { ComputeService } from '#compute/service.ts';
import { type BoundKind, bindOperation } from '#operations/operation.ts';
import { abortLiveMigration } from './abort-live-migration.ts';
import { attachInterface } from './attach-interface.ts';
import { cacheImage } from './cache-image.ts';
import { changePassword } from './change-password.ts';
import { confirmResize } from './confirm-resize.ts';
import { createServer } from './create-server.ts';
import { deleteServer } from './delete-server.ts';
import { detachInterface } from './detach-interface.ts';
import { evacuateServer } from './evacuate-server.ts';
import { withEvent } from './events.ts';
import { hastenLiveMigration } from './hasten-live-migration.ts';
import { liveMigrateServer } from './live-migrate-server.ts';
import { offloadServer } from './offload-server.ts';
import { pauseServer, unpauseServer } from './pause-server.ts';
import { rebootServer } from './reboot-server.ts';
import { rebuildServer } from './rebuild-server.ts';
import { rescueServer, unrescueServer } from './rescue-server.ts';
import { injectNetworkInfo, resetNetwork } from './reset-network.ts';
import { resizeServer } from './resize-server.ts';
import { restoreServer } from './restore-server.ts';
import { revertResize } from './revert-resize.ts';
import { reviveWires } from './revive-wires.ts';
import { shelveServer } from './shelve-server.ts';
import { backupServer, snapshotServer } from './snapshot-server.ts';
import { softDeleteServer } from './soft-delete-server.ts';
import { startServer } from './start-server.ts';
import { stopServer } from './stop-server.ts';
import { resumeServer, suspendServer } from './suspend-server.ts';
import { triggerCrashDump } from './trigger-crash-dump.ts';
import { unshelveServer } from './unshelve-server.ts';

/** Every durable operation of compute. */
export function registerOperations(service: ComputeService): void {
  const register = (kind: BoundKind) => service.operations.register(withEvent(service, kind));
  register(bindOperation(createServer, service));
  register(bindOperation(startServer, service));
  register(bindOperation(stopServer, service));
  register(bindOperation(rebootServer, service));
  register(bindOperation(pauseServer, service));
  register(bindOperation(unpauseServer, service));
  register(bindOperation(suspendServer, service));
  register(bindOperation(resumeServer, service));
  register(bindOperation(triggerCrashDump, service));
  register(bindOperation(rebuildServer, service));
  register(bindOperation(shelveServer, service));
  register(bindOperation(offloadServer, service));
  register(bindOperation(unshelveServer, service));
  register(bindOperation(snapshotServer, service));
  register(bindOperation(backupServer, service));
  register(bindOperation(changePassword, service));
  register(bindOperation(rescueServer, service));
  register(bindOperation(unrescueServer, service));
  register(bindOperation(deleteServer, service));
  register(bindOperation(softDeleteServer, service));
  register(bindOperation(restoreServer, service));
  register(bindOperation(resizeServer, service));
  register(bindOperation(confirmResize, service));
  register(bindOperation(revertResize, service));
  register(bindOperation(evacuateServer, service));
  register(bindOperation(liveMigrateServer, service));
  register(bindOperation(abortLiveMigration, service));
  // Nobody asked for it, so that it is no event of an action.
  service.operations.register(bindOperation(reviveWires, service));
  // Its subject is an image.
  service.operations.register(bindOperation(cacheImage, service));
  // Its subject is a migration, so that it records its event itself.
  service.operations.register(bindOperation(hastenLiveMigration, service));
  register(bindOperation(attachInterface, service));
  register(bindOperation(detachInterface, service));
  register(bindOperation(resetNetwork, service));
  register(bindOperation(injectNetworkInfo, service));
}
