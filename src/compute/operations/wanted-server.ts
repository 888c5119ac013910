import type { WantedServer } from '#agent/agent.ts';
import { describeGuest, wiringsOf } from '#compute/servers/guest-facts.ts';
import type { Server } from '#compute/servers/server.ts';
import { findServer } from '#compute/servers/store.ts';
import type { ComputeService } from '#compute/service.ts';
import { configDriveFiles } from '#metadata/documents.ts';

const bytesPerGib = 1024 ** 3;

/** The server as its host must make it, from the database as it stands now. */
export async function wantedServer(
  service: ComputeService,
  server: Server,
  adminPass: string | null,
): Promise<WantedServer> {
  const image = await service.images.find(server.imageId);
  const wirings = await wiringsOf(service, server.id);
  const withDrive = server.configDrive || service.alwaysConfigDrive;
  const facts = withDrive ? await describeGuest(service, server, wirings, adminPass) : null;
  return {
    id: server.id,
    instanceName: server.instanceName,
    vcpus: server.flavor.vcpus,
    memoryMib: server.flavor.memoryMib,
    rootDisk: {
      diskId: server.id,
      imageId: server.imageId,
      // The image may be gone by now; its format was kept with the server.
      imageFormat: diskFormat(server.imageProperties.disk_format ?? image?.diskFormat),
      sizeBytes: server.flavor.diskGib * bytesPerGib,
    },
    configDrive: facts && encodeFiles(configDriveFiles(facts)),
    ports: wirings,
  };
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
