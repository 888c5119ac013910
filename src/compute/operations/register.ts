import type { ComputeService } from '#compute/service.ts';
import { bindOperation } from '#operations/operation.ts';
import { createServer } from './create-server.ts';
import { deleteServer } from './delete-server.ts';
import { rebootServer } from './reboot-server.ts';
import { startServer } from './start-server.ts';
import { stopServer } from './stop-server.ts';

/** Every durable operation of compute. */
export function registerOperations(service: ComputeService): void {
  service.operations.register(bindOperation(createServer, service));
  service.operations.register(bindOperation(startServer, service));
  service.operations.register(bindOperation(stopServer, service));
  service.operations.register(bindOperation(rebootServer, service));
  service.operations.register(bindOperation(deleteServer, service));
}
