import { limits } from '#base/limits.ts';
import { openAdminPass } from '#compute/servers/sealed-password.ts';
import type { ComputeService } from '#compute/service.ts';
import type { PlannedAttachment } from '#network/service.ts';
import type { OperationKind, StepContext } from '#operations/operation.ts';
import { powerOn, unplug } from './steps/power-steps.ts';
import { faultOf, noteTask, settle, settleActive } from './steps/settle.ts';
import { mustFindServer, wantedDisks } from './steps/wanted-server.ts';

export interface CreateServerInput {
  plans: PlannedAttachment[];
  /** Closed with the seal, so that the database does not hold it readable. */
  sealedAdminPass: string;
}

type Context = StepContext<CreateServerInput>;

/** Ports, disks, wires, power: in this order, and undone in the opposite one. */
export const createServer: OperationKind<ComputeService, CreateServerInput> = {
  kind: 'create-server',
  deadlineMs: limits.operationDeadlineMs,
  steps: [
    { name: 'allocate-ports', run: allocatePorts, undo: releasePorts },
    { name: 'make-disks', run: makeDisks, undo: removeDisks },
    powerOn,
    { name: 'mark-active', run: markActive },
  ],
  failed: async (service, context, error) => {
    const change = { vm_state: 'error', power_state: 0, fault: faultOf(service, error) };
    await settle(service, context, change, error.message);
  },
};

async function allocatePorts(service: ComputeService, context: Context): Promise<void> {
  const server = await mustFindServer(service, context.subject);
  await noteTask(service, server.id, 'networking');
  for (const [index, plan] of context.input.plans.entries()) {
    await service.networks.attachPort({
      serverId: server.id,
      index,
      projectId: server.projectId,
      // Without its domain: the network's DNS has one of its own.
      hostname: server.hostname.split('.')[0] || `server-${server.id}`,
      plan,
    });
  }
}

async function releasePorts(service: ComputeService, context: Context): Promise<void> {
  // A wire that could not be taken out keeps its port, by which the deletion will find it.
  await unplug(service, context);
  await service.networks.releasePorts(context.subject);
}

async function makeDisks(service: ComputeService, context: Context): Promise<void> {
  const server = await mustFindServer(service, context.subject);
  await noteTask(service, server.id, 'spawning');
  const adminPass = openAdminPass(service, context);
  await service.agent.ensureDisks(await wantedDisks(service, server, adminPass));
}

async function removeDisks(service: ComputeService, context: Context): Promise<void> {
  await service.agent.removeDisks(context.subject);
}

async function markActive(service: ComputeService, context: Context): Promise<void> {
  await settleActive(service, context, { launched_ms: service.clock.nowMs() });
}
