import type { ComputeService } from '#compute/service.ts';
import { type BoundKind, bindOperation } from '#operations/operation.ts';
import { attachInterface } from './attach-interface.ts';
import { createServer } from './create-server.ts';
import { deleteServer } from './delete-server.ts';
import { detachInterface } from './detach-interface.ts';
import { withEvent } from './events.ts';
import { rebootServer } from './reboot-server.ts';
import { startServer } from './start-server.ts';
import { stopServer } from './stop-server.ts';

/** Every durable operation of compute. */
export function registerOperations(service: ComputeService): void {
  const register = (kind: BoundKind) => service.operations.register(withEvent(service, kind));
  register(bindOperation(createServer, service));
  register(bindOperation(startServer, service));
  register(bindOperation(stopServer, service));
  register(bindOperation(rebootServer, service));
  register(bindOperation(deleteServer, service));
  register(bindOperation(attachInterface, service));
  register(bindOperation(detachInterface, service));
}
