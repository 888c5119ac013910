import { limits } from '#base/limits.ts';
import { insertEvacuated } from '#compute/evacuations/store.ts';
import { isHostDown } from '#compute/hosts/down.ts';
import { findHost, hostOfServer } from '#compute/hosts/store.ts';
import { findServer, updateServer } from '#compute/servers/store.ts';
import type { ComputeService } from '#compute/service.ts';
import { PutOff, type StepContext } from '#operations/operation.ts';
import { leaveBehind } from './left-behind.ts';
import { portIdsOf } from './live-steps.ts';

type Context = StepContext<unknown>;
type Work = () => Promise<void>;

/**
 * Does the work on the host that the server is on. One that is silent is waited for; from one that
 * is down the server goes at once, and what that still has of it is removed before it counts as
 * back.
 */
export async function onOwnHost(
  service: ComputeService,
  context: Context,
  work: Work,
): Promise<void> {
  const own = await hostOfServer(service.database.queries, context.subject);
  if (own === null) return work();
  // An only host may have another name by now, and is asked whatever it is called.
  const [only, ...others] = service.agent.hosts();
  const isOnly = only !== undefined && others.length === 0;
  const host = isOnly ? only : own;
  const mayLeave = !isOnly || context.data.awaited === host;
  if (mayLeave && (await isHostDown(service, service.database.queries, host))) {
    await leaveDownHost(service, context.subject, host);
    return work();
  }
  return whenHeard(service, context, host, work);
}

/** The same for a host that the server's row does not name, whether the server stays or goes. */
export async function onHeldHost(
  service: ComputeService,
  context: Context,
  host: string,
  work: Work,
): Promise<void> {
  const { queries } = service.database;
  if (!(await isHostDown(service, queries, host))) return whenHeard(service, context, host, work);
  await endThere(service, context.subject, host);
  await leaveBehind(service, context.subject, { host, mayRun: false });
}

/** Of a server that stays where it is: on a host that is down nothing but its guest is ended. */
export async function unlessDown(
  service: ComputeService,
  context: Context,
  work: Work,
): Promise<void> {
  const { queries } = service.database;
  const host = await hostOfServer(queries, context.subject);
  if (host === null || service.agent.hosts().length === 1) return work();
  if (!(await isHostDown(service, queries, host))) return whenHeard(service, context, host, work);
  await endThere(service, context.subject, host);
}

/**
 * Does the work, which may be done twice, once its host is there: with an agent that is gone, or
 * neither answers nor beats, it is put off. @throws PutOff
 */
export async function whenHeard(
  { clock, database }: Pick<ComputeService, 'clock' | 'database'>,
  { data }: Pick<Context, 'data'>,
  host: string,
  work: Work,
): Promise<void> {
  const putOff = () => {
    data.awaited = host;
    return new PutOff(`host ${host} is silent`, limits.hostAwaitedMs);
  };
  const isSilent = async () => {
    const row = await findHost(database.queries, host);
    return clock.nowMs() > (row?.seen_ms ?? 0) + limits.silentHostMs;
  };
  if (data.awaited === host && (await isSilent())) throw putOff();
  const over = new AbortController();
  const watch = async () => {
    do await clock.sleep(limits.hostAwaitedMs, over.signal);
    while (!(await isSilent()));
    throw putOff();
  };
  const watching = watch();
  watching.catch(() => undefined);
  try {
    await Promise.race([work(), watching]);
  } catch (error) {
    // By its name: it may have come over a wire.
    throw (error as Error).name === 'AgentUnreachable' ? putOff() : error;
  } finally {
    over.abort();
  }
  delete data.awaited;
}

/** What a host that is down has of it is removed there before that counts as back. */
async function leaveDownHost(service: ComputeService, serverId: string, host: string) {
  await endThere(service, serverId, host);
  const portIds = await portIdsOf(service, serverId);
  await service.database.transaction(async (tx) => {
    const server = await findServer(tx, serverId);
    if (!server) return;
    await insertEvacuated(tx, server, { host, migrationId: 0, portIds });
    await updateServer(tx, serverId, { host: null }, service.clock.nowMs());
  });
}

/** As far as that is possible now. */
async function endThere(service: ComputeService, serverId: string, host: string): Promise<void> {
  await service.fence(host, serverId).catch((error) => {
    service.log.warn({ host, serverId, error: String(error) }, 'a deleted guest is not ended yet');
  });
}
