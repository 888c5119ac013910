import { ApiError } from '#base/errors.ts';
import { computeErrors } from '#compute/errors.ts';
import { findHost } from '#compute/hosts/store.ts';
import { migrationErrors } from '#compute/migrations/errors.ts';
import { recordMigration, recordMove } from '#compute/moves/begin.ts';
import { findMove } from '#compute/moves/store.ts';
import { type MoveWish, placeMove } from '#compute/placement/place-move.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Queries } from '#db/database.ts';
import type { Allowed } from '#policy/engine.ts';
import { type Asked, actOnServer } from './act.ts';
import { serverErrors } from './errors.ts';
import { resizeErrors } from './resize-errors.ts';
import type { Server } from './server.ts';

export interface LiveMigrationWish {
  /** The only one that will do; null leaves the choice to placement. */
  host: string | null;
  /** Whether the disks have to be seen by both hosts, or by one alone. */
  disks: 'seen' | 'copied' | 'either';
  /** The host is taken as it is named: only whether there is room is asked. */
  isForced: boolean;
  /** Where it cannot go is told by the action alone; the request was accepted. */
  refusesLate: boolean;
}

/** What `live-migrate-server` is told. */
export interface LiveMigrationInput {
  migrationId: number;
  /** Why it will not be; the server is not touched. */
  refusal?: string;
}

/**
 * Moves a server to another host while it runs.
 * @throws ComputeHostNotFound, and unless it refuses late UnableToMigrateToSelf, NoValidHost,
 *   InvalidLocalStorage, InvalidSharedStorage (400); InstanceInvalidState, InstanceIsLocked (409)
 */
export async function liveMigrateServer(
  service: ComputeService,
  asked: Asked,
  allowed: Allowed<Server>,
  wish: LiveMigrationWish,
): Promise<void> {
  if (wish.isForced && wish.host === null) throw migrationErrors.forcedNowhere();
  let input: LiveMigrationInput | undefined;
  await actOnServer(service, asked, allowed, {
    action: 'live-migrate',
    recordedAs: 'live-migration',
    isPlacing: true,
    operation: () => ({ kind: 'live-migrate-server', input: input ?? {} }),
    claim: async (tx, server) => {
      if (wish.host !== null && !(await findHost(tx, wish.host))) {
        throw serverErrors.hostNotFound({ host: wish.host });
      }
      // An administrator's word can hide one that still has to be cleared up.
      if (await findMove(tx, server.id)) throw computeErrors.notReady({ id: server.id });
      input = await begin(service, tx, asked, server, wish);
      return {};
    },
  });
}

async function begin(
  service: ComputeService,
  tx: Queries,
  asked: Asked,
  server: Server,
  wish: LiveMigrationWish,
): Promise<LiveMigrationInput> {
  const record = { type: 'live-migration', status: 'queued' } as const;
  try {
    const host = await choose(service, tx, server, wish);
    const target = { host: host.name, zone: host.zone, flavor: server.flavor };
    return { migrationId: await recordMove(service, tx, asked, server, record, target) };
  } catch (error) {
    if (!wish.refusesLate || !(error instanceof ApiError)) throw error;
    const nowhere = { ...record, targetHost: wish.host, targetAddress: null };
    const migrationId = await recordMigration(service, tx, asked, server, nowhere);
    return { migrationId, refusal: error.message };
  }
}

async function choose(
  service: ComputeService,
  tx: Queries,
  server: Server,
  wish: LiveMigrationWish,
): Promise<{ name: string; zone: string }> {
  const { host: from } = server;
  if (from === null) throw resizeErrors.noValidHost({ action: 'live migration' });
  if (wish.host !== null) requireReachable(service, server.id, from, wish.host, wish.disks);
  const { host, disks, isForced } = wish;
  const move: MoveWish = { flavor: server.flavor, host, mayStay: false, disks, isForced };
  const placement = await placeMove(service, tx, server, move);
  if (!placement.host) throw resizeErrors.noValidHost({ action: 'live migration' });
  return placement.host;
}

function requireReachable(
  { agent }: ComputeService,
  serverId: string,
  from: string,
  host: string,
  disks: LiveMigrationWish['disks'],
): void {
  if (host === from) throw migrationErrors.toSelf({ serverId, host });
  const isSeen = agent.sharesDisks(from, host);
  if (disks === 'copied' && isSeen) throw migrationErrors.disksShared({ host });
  if (disks === 'seen' && !isSeen) throw migrationErrors.disksApart({ host });
}
