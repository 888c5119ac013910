import { computeErrors } from '#compute/errors.ts';
import { isHostDown } from '#compute/hosts/down.ts';
import { findHost } from '#compute/hosts/store.ts';
import { insertMigration } from '#compute/migrations/store.ts';
import { findMove } from '#compute/moves/store.ts';
import type { EvacuateServerInput } from '#compute/operations/evacuate-server.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Queries } from '#db/database.ts';
import type { Allowed } from '#policy/engine.ts';
import { type Asked, actOnServer } from './act.ts';
import { newAdminPassword } from './admin-password.ts';
import { evacuationErrors } from './evacuation-errors.ts';
import { sealAdminPass } from './sealed-password.ts';
import type { Server } from './server.ts';

/** What is asked of an evacuation. */
export interface Evacuation {
  /** The only host that will do; null leaves the choice to placement. */
  host: string | null;
  /** The named host is only asked whether it is there and has room. */
  isForced: boolean;
  /** What the client says of the disks; null: it is found out. */
  onSharedStorage: boolean | null;
  adminPass?: string;
  /** Where it arrives, the server is not started. */
  staysStopped: boolean;
}

/**
 * Makes a server again on another host, because its own is down: on its own disk where the other
 * host sees that, and otherwise on a new one of its image.
 * @returns the password of a new disk, null where none is made
 * @throws EvacuationTargetNotFound (404), EvacuationTargetUnchanged, ComputeServiceInUse (400),
 *   InstanceInvalidState, InstanceNotReady (409)
 */
export async function evacuateServer(
  service: ComputeService,
  asked: Asked,
  allowed: Allowed<Server>,
  evacuation: Evacuation,
): Promise<string | null> {
  const { host, isForced, onSharedStorage, staysStopped } = evacuation;
  if (isForced && host === null) throw evacuationErrors.forcedNowhere();
  if (onSharedStorage && evacuation.adminPass !== undefined) {
    throw evacuationErrors.passwordOfOldDisk();
  }
  await requireTarget(service, allowed, host);
  const adminPass = evacuation.adminPass ?? newAdminPassword(service.ids);
  const input: EvacuateServerInput = {
    sealedAdminPass: sealAdminPass(service, allowed.id, adminPass),
    host,
    isForced,
    onSharedStorage,
    staysStopped,
    sourceHost: '',
    sourceZone: null,
    vmState: 'error',
    migrationId: 0,
  };
  await actOnServer(service, asked, allowed, {
    action: 'evacuate',
    recordedAs: 'evacuate',
    // What was begun on the host that is down would only wait for it.
    operation: { kind: 'evacuate-server', input, supersedes: true },
    claim: async (tx, server) => {
      if (server.host === null) throw computeErrors.notReady({ id: server.id });
      if (await findMove(tx, server.id)) throw computeErrors.notReady({ id: server.id });
      if (!(await isHostDown(service, tx, server.host))) {
        throw evacuationErrors.hostInUse({ host: server.host });
      }
      input.sourceHost = server.host;
      input.sourceZone = server.availabilityZone;
      input.vmState = server.vmState;
      input.staysStopped = staysStopped || server.vmState === 'stopped';
      input.migrationId = await recordMigration(service, tx, asked, server, host);
      return {};
    },
  });
  return onSharedStorage ? null : adminPass;
}

async function requireTarget(
  { database }: ComputeService,
  server: Server,
  host: string | null,
): Promise<void> {
  if (host === null) return;
  if (!(await findHost(database.queries, host))) throw evacuationErrors.targetNotFound({ host });
  if (host === server.host) throw evacuationErrors.targetUnchanged();
}

function recordMigration(
  service: ComputeService,
  tx: Queries,
  asked: Asked,
  server: Server,
  targetHost: string | null,
): Promise<number> {
  return insertMigration(tx, {
    uuid: service.ids.uuid(),
    serverId: server.id,
    projectId: asked.actor.projectId ?? server.projectId,
    userId: asked.actor.userId,
    type: 'evacuation',
    status: 'accepted',
    sourceHost: server.host,
    targetHost,
    targetAddress: null,
    oldFlavorNumber: null,
    newFlavorNumber: null,
    isHidden: false,
    createdMs: service.clock.nowMs(),
  });
}
