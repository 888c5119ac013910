import type { WantedDisks, WantedServer } from '#agent/agent.ts';
import { describeGuest, type Wiring, wiringsOf } from '#compute/servers/guest-facts.ts';
import type { LocalDisk, Server } from '#compute/servers/server.ts';
import { findServer } from '#compute/servers/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { BlankDiskSpec } from '#drivers/storage/storage.ts';
import { configDriveFiles } from '#metadata/config-drive.ts';

const bytesPerGib = 1024 ** 3;

/** The server as its host must make it, from the database as it stands now. */
export async function wantedServer(
  service: ComputeService,
  server: Server,
  adminPass: string | null,
): Promise<WantedServer> {
  const wirings = await wiringsOf(service, server.id);
  return {
    ...(await disksOf(service, server, adminPass, async () => wirings)),
    instanceName: server.instanceName,
    vcpus: server.flavor.vcpus,
    memoryMib: server.flavor.memoryMib,
    ports: wirings,
  };
}

/** Only the disks: the wires are looked up where a config drive describes them. */
export function wantedDisks(
  service: ComputeService,
  server: Server,
  adminPass: string | null,
): Promise<WantedDisks> {
  return disksOf(service, server, adminPass, () => wiringsOf(service, server.id));
}

async function disksOf(
  service: ComputeService,
  server: Server,
  adminPass: string | null,
  wirings: () => Promise<Wiring[]>,
): Promise<WantedDisks> {
  const withDrive = server.configDrive || service.alwaysConfigDrive;
  const facts = withDrive ? await describeGuest(service, server, await wirings(), adminPass) : null;
  return {
    id: server.id,
    rootDisk: {
      diskId: server.id,
      // A shelved server's disk is made again from what was kept of it.
      imageId: server.shelvedImageId ?? server.imageId,
      imageFormat: diskFormat(await imageFormatOf(service, server)),
      sizeBytes: server.flavor.diskGib * bytesPerGib,
    },
    localDisks: blankDisksOf(server.id, server.localDisks),
    configDrive: facts && encodeFiles(configDriveFiles(facts)),
  };
}

export function blankDisksOf(
  diskId: string,
  localDisks: readonly LocalDisk[],
): readonly BlankDiskSpec[] {
  return localDisks.map(({ name, kind, sizeBytes }) => {
    const content = kind === 'swap' ? 'swap-signature' : 'nothing';
    return { diskId, name, sizeBytes, content };
  });
}

/** Kept with the server, because the image may be gone by now. */
async function imageFormatOf(service: ComputeService, server: Server) {
  if (server.shelvedImageId !== null) return 'qcow2';
  const kept = server.imageProperties.disk_format;
  return kept ?? (await service.images.find(server.imageId))?.diskFormat;
}

function diskFormat(format: string | null | undefined): 'qcow2' | 'raw' {
  return format === 'qcow2' ? 'qcow2' : 'raw';
}

function encodeFiles(files: Record<string, Uint8Array>): Record<string, string> {
  const entries = Object.entries(files).map(([path, bytes]) => [
    path,
    Buffer.from(bytes).toString('base64'),
  ]);
  return Object.fromEntries(entries);
}

/** The server an operation works on; gone means that a deletion has taken over. */
export async function mustFindServer(service: ComputeService, serverId: string): Promise<Server> {
  const server = await findServer(service.database.queries, serverId);
  if (!server) throw new Error(`server ${serverId} is gone`);
  return server;
}
