import { mayRunElsewhere } from '#compute/evacuations/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Step, StepContext } from '#operations/operation.ts';
import { mustFindServer, wantedServer } from './wanted-server.ts';

/** Plugs the ports and starts the guest; undone, neither wire nor process is left. */
export const powerOn: Step<ComputeService, unknown> = {
  name: 'power-on',
  run: async (service, context) => {
    const server = await mustFindServer(service, context.subject);
    if (await mayRunElsewhere(service.database.queries, server.id)) {
      throw new Error('its guest may run on a host that does not answer');
    }
    const wanted = await wantedServer(service, server, null);
    await service.agent.ensureRunning(wanted, context.signal);
    for (const { port } of wanted.ports) await service.networks.setPortStatus(port.id, 'ACTIVE');
  },
  undo: async (service, context) => {
    await service.agent.removeGuest(context.subject);
    await unplug(service, context);
  },
};

/** Ends the guest and takes its wires out; `graceMs` 0 does not ask first. */
export function powerOff(
  graceMs: (service: ComputeService, context: StepContext<unknown>) => number,
): Step<ComputeService, unknown> {
  return {
    name: 'power-off',
    run: async (service, context) => {
      const grace = graceMs(service, context);
      await service.agent.ensureOff(context.subject, grace, context.signal);
      await unplug(service, context);
    },
  };
}

export async function unplug(
  service: ComputeService,
  context: StepContext<unknown>,
): Promise<void> {
  const ports = (await service.networks.portsOf([context.subject])).get(context.subject) ?? [];
  await service.agent.removeWires(
    context.subject,
    ports.map((port) => port.id),
  );
  for (const port of ports) await service.networks.setPortStatus(port.id, 'DOWN');
}
