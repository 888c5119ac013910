import type { WantedRescue } from '#agent/agent.ts';
import { limits } from '#base/limits.ts';
import { openAdminPass } from '#compute/servers/sealed-password.ts';
import { powerStates } from '#compute/servers/status.ts';
import type { ComputeService } from '#compute/service.ts';
import type { OperationKind, Step, StepContext } from '#operations/operation.ts';
import { powerOff, powerOn } from './steps/power-steps.ts';
import { settle, settleActive, settleFailed } from './steps/settle.ts';
import { mustFindServer, wantedDisks, wantedServer } from './steps/wanted-server.ts';

export interface RescueServerInput {
  rescue: WantedRescue;
  /** Closed with the seal, so that the database does not hold it readable. */
  sealedAdminPass: string;
}

type RescueStep = Step<ComputeService, RescueServerInput>;

/** Made while the guest still runs: an image that is no good disturbs nobody. */
const makeDisks: RescueStep = {
  name: 'make-rescue-disks',
  run: async (service, { subject, input, data }) => {
    data.wasRunning = (await service.agent.power(subject)) === 'running';
    // Those of an earlier time are another image's, with another password.
    await service.agent.dropRescueDisks(subject);
    const server = await mustFindServer(service, subject);
    const adminPass = openAdminPass(service, { subject, input });
    const disks = await wantedDisks(service, server, adminPass);
    await service.agent.ensureRescueDisks(disks, input.rescue);
  },
  undo: (service, { subject }) => service.agent.dropRescueDisks(subject),
};

const switchOff: RescueStep = {
  ...powerOff((service) => service.gracefulShutdownMs),
  undo: async (service, context) => {
    if (context.data.wasRunning) await run(service, context, null);
  },
};

const switchOn: RescueStep = {
  ...powerOn,
  run: (service, context) => run(service, context, context.input.rescue),
};

const markRescued: RescueStep = {
  name: 'mark-rescued',
  run: (service, context) => {
    const launched = { power_state: powerStates.running, launched_ms: service.clock.nowMs() };
    return settle(service, context, { vm_state: 'rescued', fault: null, ...launched }, null);
  },
};

/** The guest boots another disk, and finds its own behind it. */
export const rescueServer: OperationKind<ComputeService, RescueServerInput> = {
  kind: 'rescue-server',
  deadlineMs: limits.operationDeadlineMs,
  steps: [makeDisks, switchOff, switchOn, markRescued],
  failed: settleFailed,
};

/** At once, as Nova does it: what rescues is not kept. */
const leave: Step<ComputeService, unknown> = {
  ...powerOff(() => 0),
  undo: async (service, context) => {
    const { rescue } = await mustFindServer(service, context.subject);
    await run(service, context, rescue);
  },
};

/** With its own disks only, as it was before. */
export const unrescueServer: OperationKind<ComputeService, unknown> = {
  kind: 'unrescue-server',
  deadlineMs: limits.operationDeadlineMs,
  steps: [
    leave,
    powerOn,
    {
      name: 'drop-rescue-disks',
      run: (service, { subject }) => service.agent.dropRescueDisks(subject),
    },
    {
      name: 'mark-active',
      run: (service, context) => settleActive(service, context, { rescue: null }),
    },
  ],
  failed: settleFailed,
};

async function run(
  service: ComputeService,
  { subject, signal }: StepContext<unknown>,
  rescue: WantedRescue | null,
): Promise<void> {
  const server = await mustFindServer(service, subject);
  const wanted = await wantedServer(service, server, null);
  await service.agent.ensureRunning(rescue ? { ...wanted, rescue } : wanted, signal);
  for (const { port } of wanted.ports) await service.networks.setPortStatus(port.id, 'ACTIVE');
}
