import { limits } from '#base/limits.ts';
import { deletePassword, insertPassword } from '#compute/server-password/store.ts';
import { replaceFiles } from '#compute/servers/files-store.ts';
import type { InjectedFile } from '#compute/servers/new-servers.ts';
import { openAdminPass } from '#compute/servers/sealed-password.ts';
import { powerStates } from '#compute/servers/status.ts';
import { type ServerChange, updateServer } from '#compute/servers/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { OperationKind, Step, StepContext } from '#operations/operation.ts';
import { powerOff, powerOn } from './steps/power-steps.ts';
import { settle, settleActive, settleFailed } from './steps/settle.ts';
import { mustFindServer, wantedDisks, wantedServer } from './steps/wanted-server.ts';

export interface RebuildServerInput {
  /** Closed with the seal, so that the database does not hold it readable. */
  sealedAdminPass: string;
  keepsLocalDisks: boolean;
  wasStopped: boolean;
  /** What the server was, for the case that it has to be that again. */
  former: ServerChange;
  formerFiles: readonly InjectedFile[];
  formerPassword: string | null;
}

type Context = StepContext<RebuildServerInput>;
type RebuildStep = Step<ComputeService, RebuildServerInput>;

/** What an earlier rebuild could not remove must not be taken for this one's. */
const clearOld: RebuildStep = {
  name: 'clear-old',
  run: async (service, { subject }) => {
    await mustHaveImage(service, subject);
    await service.agent.dropDisksAside(subject);
  },
  undo: beAsBefore,
};

const switchOff: RebuildStep = {
  ...powerOff((service) => service.gracefulShutdownMs),
  undo: async (service, context) => {
    await beAsBefore(service, context);
    const server = await mustFindServer(service, context.subject);
    const isOff = context.input.wasStopped || server.vmState === 'error';
    if (isOff || context.data.isOldGone) return;
    await service.agent.ensureRunning(await wantedServer(service, server, null), context.signal);
    await setPorts(service, context, 'ACTIVE');
  },
};

/** As long as the old disks are only aside, the server can be what it was, bit for bit. */
const putAside: RebuildStep = {
  name: 'put-disks-aside',
  run: (service, { subject, input }) => service.agent.putDisksAside(subject, input.keepsLocalDisks),
  undo: (service, { subject }) => service.agent.bringDisksBack(subject),
};

const makeDisks: RebuildStep = {
  name: 'make-disks',
  run: async (service, { subject, input }) => {
    const server = await mustFindServer(service, subject);
    const nowMs = service.clock.nowMs();
    await service.database.note(async (tx) => {
      await updateServer(tx, subject, { task_state: 'rebuild_spawning' }, nowMs);
      // The one that the old guest told is not the new one's.
      await deletePassword(tx, subject);
    });
    const adminPass = openAdminPass(service, { subject, input });
    await service.agent.ensureDisks(await wantedDisks(service, server, adminPass));
  },
};

const switchOn: RebuildStep = {
  ...powerOn,
  run: async (service, context) => {
    if (!context.input.wasStopped) await powerOn.run(service, context);
  },
};

/** From here on there is no way back; disks that cannot be removed now go with the server. */
const dropOld: RebuildStep = {
  name: 'drop-old',
  run: async (service, { subject, data }) => {
    data.isOldGone = true;
    await service.agent.dropDisksAside(subject).catch((error: unknown) => {
      service.log.warn({ serverId: subject, error: String(error) }, 'old disks are still there');
    });
  },
};

const markRebuilt: RebuildStep = {
  name: 'mark-rebuilt',
  run: (service, context) => {
    const launched = { launched_ms: service.clock.nowMs() };
    if (!context.input.wasStopped) return settleActive(service, context, launched);
    const stopped = { vm_state: 'stopped', power_state: powerStates.shutdown, fault: null };
    return settle(service, context, { ...stopped, ...launched }, null);
  },
};

/** Same host, same ports and addresses; a new root disk, and a config drive made anew. */
export const rebuildServer: OperationKind<ComputeService, RebuildServerInput> = {
  kind: 'rebuild-server',
  deadlineMs: limits.operationDeadlineMs,
  steps: [clearOld, switchOff, putAside, makeDisks, switchOn, dropOld, markRebuilt],
  failed: settleFailed,
};

/** Fails before anything is touched where the image was deleted meanwhile. */
async function mustHaveImage(service: ComputeService, serverId: string): Promise<void> {
  const { imageId } = await mustFindServer(service, serverId);
  const image = await service.images.find(imageId);
  if (image?.status !== 'active') throw new Error(`image ${imageId} is not there any more`);
}

async function beAsBefore(service: ComputeService, context: Context): Promise<void> {
  const { former, formerFiles, formerPassword } = context.input;
  const { subject } = context;
  // With the new disk it is what was asked for, though in error; a rebuild mends it.
  if (context.data.isOldGone) return;
  const nowMs = service.clock.nowMs();
  await service.database.note(async (tx) => {
    await updateServer(tx, subject, former, nowMs);
    await replaceFiles(tx, subject, formerFiles);
    await deletePassword(tx, subject);
    if (formerPassword !== null) await insertPassword(tx, subject, formerPassword, nowMs);
  });
}

async function setPorts(
  service: ComputeService,
  { subject }: Context,
  status: 'ACTIVE' | 'DOWN',
): Promise<void> {
  const ports = (await service.networks.portsOf([subject])).get(subject) ?? [];
  for (const port of ports) await service.networks.setPortStatus(port.id, status);
}
