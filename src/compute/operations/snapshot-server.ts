import { limits } from '#base/limits.ts';
import { quiesceOf } from '#compute/servers/guest-agent.ts';
import type { ComputeService } from '#compute/service.ts';
import type { OperationKind, Step, StepContext } from '#operations/operation.ts';
import { systemActor } from '#policy/actor.ts';
import { noteTask, settle, settleFailed } from './steps/settle.ts';
import { mustFindServer, wantedDisks } from './steps/wanted-server.ts';

export interface SnapshotServerInput {
  imageId: string;
  /** Null for an image that nothing will rotate out. */
  backup: { type: string; rotation: number } | null;
}

type Context = StepContext<SnapshotServerInput>;
type SnapshotStep = Step<ComputeService, SnapshotServerInput>;

/** What crosses a wire at once. */
const pieceBytes = 512 * 1024;

/** The guest writes on while its disk is copied as it is at one moment. */
const takeSnapshot: SnapshotStep = {
  name: 'take-snapshot',
  run: async (service, { subject, input, data, signal }) => {
    const server = await mustFindServer(service, subject);
    await noteTask(service, subject, 'image_snapshot');
    const { imageId, imageFormat } = (await wantedDisks(service, server, null)).rootDisk;
    const quiesce = quiesceOf(server.imageProperties);
    const snapshotId = input.imageId;
    const snapshot = { id: subject, snapshotId, imageId, imageFormat, quiesce };
    const { format } = await service.agent.takeSnapshot(snapshot, signal);
    data.format = format;
    await noteTask(service, subject, 'image_pending_upload');
  },
  undo: async (service, { subject, input }) => {
    const { projectId, imageProperties } = await mustFindServer(service, subject);
    if (quiesceOf(imageProperties) !== 'no') await service.agent.thaw(subject);
    await service.agent.dropSnapshot(subject, input.imageId);
    await service.images.discard(systemActor(projectId), input.imageId);
  },
};

const upload: SnapshotStep = {
  name: 'upload',
  run: async (service, context) => {
    const { subject, input, data } = context;
    const { projectId } = await mustFindServer(service, subject);
    // Repeated after a crash that came between the last byte and its record.
    if ((await service.images.find(input.imageId))?.status === 'active') return;
    await noteTask(service, subject, 'image_uploading');
    const format = data.format === 'raw' ? 'raw' : 'qcow2';
    const chunks = piecesOf(service, context);
    await service.images.fill(systemActor(projectId), input.imageId, format, chunks);
  },
};

async function* piecesOf(service: ComputeService, context: Context): AsyncGenerator<Uint8Array> {
  const { subject, input, signal } = context;
  for (let offset = 0; ; ) {
    signal.throwIfAborted();
    const text = await service.agent.readSnapshot(subject, input.imageId, offset, pieceBytes);
    const piece = Buffer.from(text, 'base64');
    if (piece.length === 0) return;
    offset += piece.length;
    yield piece;
  }
}

const dropSnapshot: SnapshotStep = {
  name: 'drop-snapshot',
  run: (service, { subject, input }) => service.agent.dropSnapshot(subject, input.imageId),
};

/** The oldest of the type go; with a rotation of 0 the new one goes too. */
const rotate: SnapshotStep = {
  name: 'rotate',
  run: async (service, { subject, input }) => {
    if (!input.backup) return;
    const { projectId } = await mustFindServer(service, subject);
    const { type, rotation } = input.backup;
    const actor = systemActor(projectId);
    const properties = { image_type: 'backup', backup_type: type, instance_uuid: subject };
    const images = await service.images.withProperties(projectId, properties);
    const newestFirst = images.toSorted((a, b) => b.createdMs - a.createdMs);
    for (const { id } of newestFirst.slice(rotation)) await service.images.discard(actor, id);
  },
};

const markDone: SnapshotStep = {
  name: 'mark-done',
  run: async (service, context) => {
    await settle(service, context, {}, null);
    // What the guest did meanwhile was left to this task.
    await service.settlePower(context.subject);
  },
};

const declaration = {
  deadlineMs: limits.moveDeadlineMs,
  steps: [takeSnapshot, upload, dropSnapshot, rotate, markDone],
  failed: settleFailed,
};

export const snapshotServer: OperationKind<ComputeService, SnapshotServerInput> = {
  kind: 'snapshot-server',
  ...declaration,
};

export const backupServer: OperationKind<ComputeService, SnapshotServerInput> = {
  kind: 'backup-server',
  ...declaration,
};

/**
 * What a deletion took over from leaves images without data, and copies of the disk.
 * @param isHostThere otherwise a copy is removed with all that is the server's on its host
 */
export async function discardUnfinishedImages(
  service: ComputeService,
  serverId: string,
  isHostThere = true,
): Promise<void> {
  const { projectId } = await mustFindServer(service, serverId);
  const images = await service.images.withProperties(projectId, { instance_uuid: serverId });
  for (const { id, status } of images) {
    if (status !== 'queued' && status !== 'saving') continue;
    if (isHostThere) await service.agent.dropSnapshot(serverId, id);
    await service.images.discard(systemActor(projectId), id);
  }
}
