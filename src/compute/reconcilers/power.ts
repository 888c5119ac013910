import { limits } from '#base/limits.ts';
import { keepDoing } from '#base/rounds.ts';
import { startEvent } from '#compute/instance-actions/event-store.ts';
import { finishInstanceAction } from '#compute/instance-actions/store.ts';
import { eventNameOf } from '#compute/operations/events.ts';
import { recordAction } from '#compute/servers/act.ts';
import type { Server } from '#compute/servers/server.ts';
import { listStandings } from '#compute/servers/standing-store.ts';
import { powerStates, promisedPower, type VmState } from '#compute/servers/status.ts';
import { findServer, type ServerChange, updateServer } from '#compute/servers/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Queries } from '#db/database.ts';
import type { GuestPower } from '#drivers/hypervisor/hypervisor.ts';
import { systemActor } from '#policy/actor.ts';

/**
 * Keeps what the database says of a server's power equal to what its host says: follows the host's
 * events, and compares all at first and then now and again, as an event may be lost on its way.
 * @returns the function that ends the watch.
 */
export async function watchPower(service: ComputeService): Promise<() => void> {
  const stop = service.agent.onEvent((event) => {
    // A guest that reboots by itself goes on running.
    if (event.kind === 'reset') return;
    const hasPanicked = event.kind === 'stopped' && event.reason === 'guest-panic';
    settlePower(service, event.guestId, hasPanicked).catch((error) => {
      service.log.error({ serverId: event.guestId, error: String(error) }, 'power not reconciled');
    });
  });
  await comparePowers(service);
  const everyMs = limits.powerComparisonMs;
  const rest = keepDoing(service, everyMs, 'comparing power', () => comparePowers(service));
  return () => {
    stop();
    rest();
  };
}

async function comparePowers(service: ComputeService): Promise<void> {
  const powers = await service.agent.powers();
  const vmStates = [...Object.keys(promisedPower), 'resized'] as VmState[];
  for (const server of await listStandings(service.database.queries, vmStates)) {
    const isAtRest = server.taskState === null;
    const isAsPromised = powers.get(server.id) === promisedPower[server.vmState];
    if (!isAtRest || isAsPromised) continue;
    await settlePower(service, server.id).catch((error) => {
      // Its host is away: what runs there nobody knows.
      service.log.warn({ serverId: server.id, error: String(error) }, 'power not compared');
    });
  }
}

/**
 * A server at rest becomes what its guest has become by itself; one with a task is left to it. That
 * it was stopped is recorded as an action, as Nova does, which then stops it.
 */
export async function settlePower(
  service: ComputeService,
  serverId: string,
  hasPanicked = false,
): Promise<void> {
  const found = await service.agent.power(serverId);
  const power = found === 'absent' ? 'off' : found;
  const hasEnded = await service.database.transaction(async (tx) => {
    const server = await findServer(tx, serverId);
    const change = server && changeTo(server, power);
    if (!change) return false;
    if (power === 'off' && hasPanicked) change.power_state = powerStates.crashed;
    await updateServer(tx, serverId, change, service.clock.nowMs());
    if (change.vm_state === 'stopped') await recordStop(service, tx, server);
    return power === 'off';
  });
  if (!hasEnded) return;
  service.log.info({ serverId }, 'the guest ended by itself');
  const ports = (await service.networks.portsOf([serverId])).get(serverId) ?? [];
  for (const port of ports) await service.networks.setPortStatus(port.id, 'DOWN');
}

async function recordStop(service: ComputeService, tx: Queries, server: Server): Promise<void> {
  const requestId = `req-${service.ids.uuid()}`;
  const nowMs = service.clock.nowMs();
  const event = { id: service.ids.uuid(), name: eventNameOf('stop-server'), nowMs };
  const asked = { actor: systemActor(server.projectId), requestId };
  await recordAction(service, tx, asked, server, 'stop');
  await startEvent(tx, server.id, requestId, event);
  await finishInstanceAction(tx, server.id, requestId, null, nowMs);
}

/**
 * What a guest's power makes of the record. One that stands still by itself, for example because
 * its disk is full, is still active, as in Nova: only its power state tells.
 */
function changeTo(server: Server, power: GuestPower): ServerChange | undefined {
  if (server.taskState !== null) return undefined;
  const isWaiting = server.vmState === 'resized' || server.vmState === 'rescued';
  if (!isWaiting && promisedPower[server.vmState] === undefined) return undefined;
  // One that was resized still waits to be looked at, and one that is rescued to be let go.
  if (power === 'off' && !isWaiting)
    return { vm_state: 'stopped', power_state: powerStates.shutdown };
  // A suspended guest has no process, so that Nova's drivers take it for off.
  const hasEnded = power === 'off' || power === 'suspended';
  const number = hasEnded ? powerStates.shutdown : powerStates[power];
  return number === server.powerState ? undefined : { power_state: number };
}
