import { limits } from '#base/limits.ts';
import { together } from '#base/together.ts';
import { findInstanceAction } from '#compute/instance-actions/store.ts';
import { updateMigration } from '#compute/migrations/store.ts';
import type { ServerMove } from '#compute/moves/move.ts';
import { findMove } from '#compute/moves/store.ts';
import type { LiveMigrationInput } from '#compute/servers/live-migrate.ts';
import { powerStates, promisedPower } from '#compute/servers/status.ts';
import type { ServerChange } from '#compute/servers/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { OperationKind, StepContext } from '#operations/operation.ts';
import {
  clearSource,
  clearTarget,
  goOnAtSource,
  hasRunThere,
  powerOf,
  sayStatus,
  sidesOfHosts,
  standOnTarget,
  whileTelling,
} from './steps/live-steps.ts';
import { endMove, mustFindMove, standOn } from './steps/move-steps.ts';
import { faultOf, settle } from './steps/settle.ts';
import { mustFindServer, wantedServer } from './steps/wanted-server.ts';

type Context = StepContext<LiveMigrationInput>;

/**
 * From host to host while it runs: all of it goes over, then the row, then it goes on there. Until
 * it has run there it can go back, and afterwards it only goes forward; it never runs on both.
 */
export const liveMigrateServer: OperationKind<ComputeService, LiveMigrationInput> = {
  kind: 'live-migrate-server',
  deadlineMs: limits.moveDeadlineMs,
  steps: [
    { name: 'prepare-target', run: prepareTarget, undo: unlessRun(clearTarget) },
    { name: 'move-guest', run: moveGuest, undo: unlessRun(goOnAtSource) },
    {
      name: 'change-sides',
      run: async (service, context) => standOnTarget(service, await mustFindMove(service, context)),
      undo: unlessRun(async (service, move) => {
        await sidesOfHosts(service, move).to.dropIncoming(move.serverId);
        await standOn(service, move, 'source', undefined);
      }),
    },
    { name: 'go-on', run: goOn },
    { name: 'mark-arrived', run: markArrived },
    {
      name: 'leave-source',
      run: async (service, context) => clearSource(service, await mustFindMove(service, context)),
    },
    { name: 'mark-migrated', run: markMigrated },
  ],
  failed,
};

function unlessRun(undo: (service: ComputeService, move: ServerMove) => Promise<void>) {
  return async (service: ComputeService, context: Context) => {
    const move = await findMove(service.database.queries, context.subject);
    if (move && !(await hasGoneOver(service, context, move))) await undo(service, move);
  };
}

/** Whether it has run there: what is not known for certain is asked of the host. */
async function hasGoneOver(service: ComputeService, { data }: Context, move: ServerMove) {
  return data.hasGoneOn === true || (await hasRunThere(service, move));
}

async function prepareTarget(service: ComputeService, context: Context): Promise<void> {
  if (context.input.refusal !== undefined) throw new Error(context.input.refusal);
  const move = await mustFindMove(service, context);
  await sayStatus(service, move, 'preparing');
  const { from, to } = sidesOfHosts(service, move);
  const server = await mustFindServer(service, context.subject);
  const wanted = await wantedServer(service, server, null);
  const sharesDisks = service.agent.sharesDisks(move.source.host, move.target.host);
  // Only what the guest has written goes over: it has to come to disks that hold nothing.
  const cleared = sharesDisks ? Promise.resolve() : to.removeDisks(server.id);
  const makeDisks = () => cleared.then(() => to.ensureDisks({ ...wanted, configDrive: null }));
  const bringDrive = async () => {
    if (sharesDisks) return;
    // Only the drive itself knows the password that it was made with.
    const [drive] = await together([from.exportConfigDrive(server.id), cleared]);
    if (drive !== null) await to.importConfigDrive(server.id, drive);
  };
  await together([bringDrive(), makeDisks(), to.ensureWires(wanted)]);
}

/** What an attempt that was cut short may have left is thrown away before the next. */
async function moveGuest(service: ComputeService, context: Context): Promise<void> {
  const move = await mustFindMove(service, context);
  const { from, to } = sidesOfHosts(service, move);
  const { subject: id, signal } = context;
  if ((await from.hasLeft(id)) && (await to.hasArrived(id))) return;
  await to.dropIncoming(id);
  const wanted = await wantedServer(service, await mustFindServer(service, id), null);
  const copiesDisks = !service.agent.sharesDisks(move.source.host, move.target.host);
  const prepare = async () =>
    to.prepareIncoming(wanted, await from.hardwareOf(id), copiesDisks, signal);
  const goOn = from.abortMigration(id, powerOf(move));
  const [address] = await together([prepare(), goOn]);
  await sayStatus(service, move, 'running');
  await whileTelling(service, move, from, from.migrateTo(id, address, signal));
  if (!(await to.hasArrived(id))) throw new Error('the guest left, and did not arrive');
}

async function goOn(service: ComputeService, context: Context): Promise<void> {
  const move = await mustFindMove(service, context);
  await sidesOfHosts(service, move).to.completeIncoming(context.subject, powerOf(move));
  context.data.hasGoneOn = true;
}

/** For whoever waits it is over, as in Nova; what is asked next stands behind this operation. */
async function markArrived(service: ComputeService, context: Context): Promise<void> {
  // Told before: a task that was set since is another's.
  if (await hasToldEnd(service, context)) return;
  const move = await mustFindMove(service, context);
  await settle(service, context, { power_state: powerStates[powerOf(move)] }, null);
}

async function hasToldEnd({ database }: ComputeService, context: Context): Promise<boolean> {
  const { subject, requestId } = context;
  const action = await findInstanceAction(database.queries, subject, requestId);
  return action !== undefined && action.finished_ms !== null;
}

async function markMigrated(service: ComputeService, context: Context): Promise<void> {
  const move = await findMove(service.database.queries, context.subject);
  // Marked before; there may be another one already.
  if (move?.migrationId !== context.input.migrationId) return;
  const nowMs = service.clock.nowMs();
  await service.database.transaction((tx) => endMove(tx, move, 'completed', nowMs));
}

/** The server is what it was, on whichever side it runs; the action tells what went wrong. */
async function failed(service: ComputeService, context: Context, error: Error): Promise<void> {
  const { migrationId } = context.input;
  const move = await findMove(service.database.queries, context.subject);
  const hasMoved = move && (await hasGoneOver(service, context, move).catch(() => false));
  if (move && hasMoved) {
    await clearSource(service, move).catch((problem: unknown) => {
      const facts = { serverId: move.serverId, error: String(problem) };
      service.log.error(facts, 'something of a server is left where it was before it moved');
    });
  }
  if (await hasToldEnd(service, context)) return markMigrated(service, context);
  const change = { ...(await stateAfter(service, context)), fault: faultOf(service, error) };
  await settle(service, context, change, error.message, async (tx, nowMs) => {
    if (move) await endMove(tx, move, hasMoved ? 'completed' : 'failed', nowMs);
    else await updateMigration(tx, migrationId, { status: 'error' }, nowMs);
  });
}

/** What it was before, or what its guest has become by itself. */
export async function stateAfter(
  service: ComputeService,
  { subject }: Pick<Context, 'subject'>,
): Promise<ServerChange> {
  const { vmState } = await mustFindServer(service, subject);
  const power = await service.agent.power(subject).catch(() => 'absent' as const);
  if (power === promisedPower[vmState]) return {};
  // It ended by itself on its way.
  if (power === 'off') return { vm_state: 'stopped', power_state: powerStates.shutdown };
  return { vm_state: 'error', power_state: powerStates.none };
}
