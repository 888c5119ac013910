import { limits } from '#base/limits.ts';
import { wiringsOf } from '#compute/servers/guest-facts.ts';
import type { ComputeService } from '#compute/service.ts';
import type { OperationKind, StepContext } from '#operations/operation.ts';
import { unlessWanted } from './unless-wanted.ts';

/**
 * Gives a running guest its network back whose taps somebody took away. Nobody asked for it, so
 * that it makes way for whoever asks for something, and its failure changes nothing.
 */
export const reviveWires: OperationKind<ComputeService, unknown> = {
  kind: 'revive-wires',
  deadlineMs: limits.operationDeadlineMs,
  steps: [{ name: 'revive-wires', run: revive }],
  failed: async ({ log }, { subject }, error) => {
    const facts = { serverId: subject, error: error.message };
    log.warn(facts, 'a card has no wire any more; a hard reboot makes both anew');
  },
};

async function revive(service: ComputeService, context: StepContext<unknown>): Promise<void> {
  const serverId = context.subject;
  const ports = await wiringsOf(service, serverId);
  const portIds = await unlessWanted(service, context, (signal) =>
    service.agent.reviveWires({ id: serverId, ports }, signal),
  );
  if (portIds.length === 0) return;
  service.log.warn({ serverId, portIds }, 'cards whose wires were gone are new');
}
