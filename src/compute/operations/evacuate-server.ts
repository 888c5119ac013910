import { limits } from '#base/limits.ts';
import { deleteEvacuated, finishEvacuated, insertEvacuated } from '#compute/evacuations/store.ts';
import { findHost } from '#compute/hosts/store.ts';
import { updateMigration } from '#compute/migrations/store.ts';
import { placeMove } from '#compute/placement/place-move.ts';
import { openAdminPass } from '#compute/servers/sealed-password.ts';
import { powerStates } from '#compute/servers/status.ts';
import { findServer, updateServer } from '#compute/servers/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { OperationKind, Step, StepContext } from '#operations/operation.ts';
import { refusalOf } from '#scheduler/placement.ts';
import { discardUnfinishedImages } from './snapshot-server.ts';
import { leaveUnreached } from './steps/left-behind.ts';
import { portIdsOf } from './steps/live-steps.ts';
import { powerOn } from './steps/power-steps.ts';
import { faultOf, settle } from './steps/settle.ts';
import { mustFindServer, wantedDisks } from './steps/wanted-server.ts';

export interface EvacuateServerInput {
  /** Closed with the seal, so that the database does not hold it readable. */
  sealedAdminPass: string;
  host: string | null;
  isForced: boolean;
  onSharedStorage: boolean | null;
  staysStopped: boolean;
  sourceHost: string;
  sourceZone: string | null;
  /** What the server was. */
  vmState: string;
  migrationId: number;
}

type Context = StepContext<EvacuateServerInput>;
type EvacuateStep = Step<ComputeService, EvacuateServerInput>;

/** Without a host that takes it, the server stays as it is: perhaps its own is only silent. */
const claimTarget: EvacuateStep = {
  name: 'claim-target',
  run: claim,
  undo: async (service, { subject, input }) => {
    const nowMs = service.clock.nowMs();
    const change = { host: input.sourceHost, availability_zone: input.sourceZone };
    await service.database.transaction(async (tx) => {
      await updateServer(tx, subject, change, nowMs);
      await deleteEvacuated(tx, subject, input.sourceHost);
    });
  },
};

/** Nothing of the server is touched elsewhere before its old guest is known not to run. */
const fenceSource: EvacuateStep = {
  name: 'fence-source',
  run: async (service, { subject, input, data }) => {
    const { sourceHost } = input;
    // An image that it took over from gets no more data.
    await discardUnfinishedImages(service, subject, false);
    data.isFenced = true;
    if (await service.fence(sourceHost, subject)) return;
    const row = await findHost(service.database.queries, sourceHost);
    // That somebody says so by hand is their word that nothing runs there; silence is no proof.
    if (row?.forced_down === 1) return;
    data.isFenced = false;
    throw new Error(`nobody says that host ${sourceHost}, which is silent, runs nothing`);
  },
};

const makeDisks: EvacuateStep = {
  name: 'make-disks',
  run: async (service, { subject, input }) => {
    const server = await mustFindServer(service, subject);
    const nowMs = service.clock.nowMs();
    await service.database.note(async (tx) => {
      await updateServer(tx, subject, { task_state: 'rebuild_spawning' }, nowMs);
    });
    const adminPass = openAdminPass(service, { subject, input });
    await service.agent.ensureDisks(await wantedDisks(service, server, adminPass));
  },
  undo: async (service, { subject, input }) => {
    const { host } = await mustFindServer(service, subject);
    // Those that both hosts see are the server's only ones.
    if (host === null || service.agent.sharesDisks(input.sourceHost, host)) return;
    // An only host may be the same one under another name.
    if (service.agent.hosts().length === 1) return;
    await service.agent.removeDisks(subject);
  },
};

const switchOn: EvacuateStep = {
  ...powerOn,
  run: async (service, context) => {
    if (!context.input.staysStopped) await powerOn.run(service, context);
  },
  undo: async (service, context) => {
    try {
      await powerOn.undo?.(service, context);
    } catch (error) {
      // It goes back to a host that is down, and may be evacuated again.
      await leaveUnreached(service, context.subject, error as Error);
    }
  },
};

/**
 * A host for the server, its former guest ended for certain, disks where it sees none, and the
 * guest. What the former host still has is held until that is back and has removed it.
 */
export const evacuateServer: OperationKind<ComputeService, EvacuateServerInput> = {
  kind: 'evacuate-server',
  deadlineMs: limits.operationDeadlineMs,
  steps: [
    claimTarget,
    fenceSource,
    makeDisks,
    switchOn,
    { name: 'mark-evacuated', run: markEvacuated },
  ],
  failed,
};

async function claim(service: ComputeService, context: Context): Promise<void> {
  const { host, isForced, sourceHost, migrationId, onSharedStorage } = context.input;
  const portIds = await portIdsOf(service, context.subject);
  const refusal = await service.placing(async (tx) => {
    const server = await findServer(tx, context.subject);
    // A deletion has taken over, or this was done before.
    if (!server || server.host !== sourceHost) return undefined;
    const wish = { flavor: server.flavor, host, isForced, mayStay: false, leavesDisks: true };
    const placed = await placeMove(service, tx, server, wish);
    if (!placed.host) return refusalOf(placed.explanation);
    const { name, zone } = placed.host;
    const sharesDisks = service.agent.sharesDisks(sourceHost, name);
    if (onSharedStorage !== null && onSharedStorage !== sharesDisks) return wrongStorage;
    const nowMs = service.clock.nowMs();
    const address = (await findHost(tx, name))?.address ?? null;
    const target = { target_host: name, target_address: address, status: 'pre-migrating' };
    await insertEvacuated(tx, server, { host: sourceHost, migrationId, portIds });
    await updateServer(tx, server.id, { host: name, availability_zone: zone }, nowMs);
    await updateMigration(tx, migrationId, target, nowMs);
    return undefined;
  });
  if (refusal !== undefined) throw new Error(refusal);
}

const wrongStorage = 'Invalid state of instance files on shared storage';

async function markEvacuated(service: ComputeService, context: Context): Promise<void> {
  const { staysStopped, sourceHost, migrationId } = context.input;
  const state = staysStopped
    ? { vm_state: 'stopped', power_state: powerStates.shutdown }
    : { vm_state: 'active', power_state: powerStates.running };
  const launched_ms = service.clock.nowMs();
  const change = { ...state, launched_ms, fault: null };
  await settle(service, context, change, null, async (tx, nowMs) => {
    await updateMigration(tx, migrationId, { status: 'done' }, nowMs);
    await finishEvacuated(tx, context.subject, sourceHost, nowMs);
  });
}

/** What ran was ended on its host, so that only one that was off is still what it was. */
async function failed(service: ComputeService, context: Context, error: Error): Promise<void> {
  const { vmState, migrationId } = context.input;
  const isLost = context.data.isFenced === true && vmState !== 'stopped';
  const change = isLost
    ? { vm_state: 'error', power_state: powerStates.none }
    : { vm_state: vmState };
  const fault = faultOf(service, error);
  const status = context.data.isFenced ? 'failed' : 'error';
  await settle(service, context, { ...change, fault }, error.message, (tx, nowMs) =>
    updateMigration(tx, migrationId, { status }, nowMs),
  );
}
