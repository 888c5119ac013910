import { limits } from '#base/limits.ts';
import { type ServerMove, sidesOf } from '#compute/moves/move.ts';
import type { ComputeService } from '#compute/service.ts';
import { isKnownEnded, leaveBehind } from './left-behind.ts';
import { portIdsOf } from './live-steps.ts';
import { blankDisksOf, mustFindServer, wantedDisks } from './wanted-server.ts';

const bytesPerGib = 1024 ** 3;

/** Makes the disks that the target needs; those of the source stay bit for bit as they are. */
export async function makeTargetDisks(
  service: ComputeService,
  move: ServerMove,
  signal: AbortSignal,
): Promise<void> {
  const { agent } = service;
  const { serverId, source, target } = move;
  if (!agent.sharesDisks(source.host, target.host)) return copyDisks(service, move, signal);
  const blanks = blankDisksOf(serverId, target.localDisks);
  const rootBytes = target.flavor.diskGib * bytesPerGib;
  await agent.on(source.host).replaceDisks({ diskId: serverId, rootBytes, blanks });
}

/**
 * To a machine that does not see them: made there as if they were new, so that what they lie on is
 * there too, and then each file as it is. An attempt that was cut short is begun again.
 */
async function copyDisks(
  service: ComputeService,
  { serverId, source, target }: ServerMove,
  signal: AbortSignal,
): Promise<void> {
  const [from, to] = [service.agent.on(source.host), service.agent.on(target.host)];
  const wanted = await wantedDisks(service, await mustFindServer(service, serverId), null);
  // Only the drive itself knows the password that it was made with.
  const drive = await from.exportConfigDrive(serverId);
  if (drive !== null) await to.importConfigDrive(serverId, drive);
  await to.ensureDisks(wanted);
  for (const name of [null, ...wanted.localDisks.map((disk) => disk.name)]) {
    for (let offset = 0; ; ) {
      signal.throwIfAborted();
      const piece = await from.readDisk(serverId, name, offset, limits.diskPieceBytes);
      if (piece === '') break;
      offset += await to.receiveDisk(serverId, name, offset, piece);
    }
    await to.keepReceivedDisk(serverId, name);
  }
}

/** What was written since they were made is lost. */
export async function dropTargetDisks(
  service: ComputeService,
  { serverId, source, target }: ServerMove,
): Promise<void> {
  const { agent } = service;
  if (agent.sharesDisks(source.host, target.host)) {
    await agent.on(source.host).restoreDisks(serverId);
    return;
  }
  await clearHost(service, serverId, target.host);
}

/**
 * The same, whether the target is there or not: then it is done before that counts as back.
 * @param hasRun its guest was started there, perhaps
 */
export async function giveUpTarget(
  service: ComputeService,
  move: ServerMove,
  hasRun: boolean,
): Promise<void> {
  const { serverId, source, target } = move;
  try {
    await dropTargetDisks(service, move);
  } catch (error) {
    if (service.agent.sharesDisks(source.host, target.host)) throw error;
    const { host } = target;
    const mayRun = hasRun && !(await isKnownEnded(service, host, serverId));
    const facts = { serverId, host, mayRun, error: String(error) };
    service.log.warn(facts, 'what a server has on a host that it did not reach is removed later');
    await leaveBehind(service, serverId, { host, mayRun });
  }
}

/** From now on there is no way back. */
export async function dropSourceDisks(
  service: ComputeService,
  { serverId, source, target }: ServerMove,
): Promise<void> {
  const { agent } = service;
  if (agent.sharesDisks(source.host, target.host)) {
    await agent.on(source.host).dropFormerDisks(serverId);
    return;
  }
  await clearHost(service, serverId, source.host);
}

/** Removes all of a server from a machine that it is not on. */
async function clearHost(service: ComputeService, serverId: string, host: string): Promise<void> {
  const hands = service.agent.on(host);
  await hands.removeGuest(serverId);
  await hands.removeWires(serverId, await portIdsOf(service, serverId));
  await hands.removeDisks(serverId);
}

/** Removes what the server has where its row does not stand. */
export async function clearHeldHost(service: ComputeService, move: ServerMove): Promise<void> {
  const { agent } = service;
  const { source, target, serverId } = move;
  const held = agent.on(sidesOf(move).held.host);
  await held.dropIncoming(serverId);
  if (agent.sharesWires(source.host, target.host)) return;
  await held.removeGuest(serverId);
  await held.removeWires(serverId, await portIdsOf(service, serverId));
  if (!agent.sharesDisks(source.host, target.host)) await held.removeDisks(serverId);
}
