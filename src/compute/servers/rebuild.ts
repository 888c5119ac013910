import { computeErrors } from '#compute/errors.ts';
import { findKeypair } from '#compute/keypairs/store.ts';
import type { RebuildServerInput } from '#compute/operations/rebuild-server.ts';
import { findPassword } from '#compute/server-password/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Queries } from '#db/database.ts';
import type { Image } from '#image/service.ts';
import type { Allowed } from '#policy/engine.ts';
import { type Asked, actOnServer } from './act.ts';
import { newAdminPassword } from './admin-password.ts';
import { filesOf, replaceFiles } from './files-store.ts';
import { requireImageFits } from './image-fit.ts';
import type { InjectedFile } from './new-servers.ts';
import { requireDetailsQuota } from './quota.ts';
import { requireExisting, requireUnlocked } from './require-server.ts';
import { requireUserData } from './resolve.ts';
import { sealAdminPass } from './sealed-password.ts';
import type { Server } from './server.ts';
import { requireLegal } from './states.ts';
import type { ServerChange } from './store.ts';

/** What is asked of a rebuild, its shape already checked; what is undefined stays as it is. */
export interface Rebuild {
  imageId: string;
  name?: string;
  description?: string | null;
  hostname?: string;
  accessIpv4?: string;
  accessIpv6?: string;
  diskConfig?: 'AUTO' | 'MANUAL';
  metadata?: Record<string, string>;
  files: readonly InjectedFile[];
  /** Null takes it away. */
  keyName?: string | null;
  userData?: string | null;
  trustedCertificates?: readonly string[] | null;
  adminPass?: string;
  /** Whether the guest is told the password; the reference's 5.6 says that it is not. */
  tellsPassword: boolean;
  keepsLocalDisks: boolean;
  /** The reference's 5.6 rebuilds no server that is in error. */
  mendsErrors: boolean;
}

/**
 * Gives the server a new root disk of an image, on its host and with its ports and addresses.
 * @returns the password, which is told only now
 * @throws a 400 for each reference to nothing, QuotaError (403), InstanceInvalidState (409)
 */
export async function rebuildServer(
  service: ComputeService,
  asked: Asked,
  allowed: Allowed<Server>,
  rebuild: Rebuild,
): Promise<{ adminPass: string; server: Server }> {
  requireUnlocked(allowed, asked.actor);
  requireLegal(allowed, 'rebuild');
  requireUserData(rebuild.userData ?? undefined);
  const image = await service.images.findVisible(asked.actor, rebuild.imageId);
  if (!image) throw computeErrors.imageNotFound({ id: rebuild.imageId });
  requireImageFits(image, allowed.flavor);
  const adminPass = rebuild.adminPass ?? newAdminPassword(service.ids);
  const told = rebuild.tellsPassword ? adminPass : newAdminPassword(service.ids);
  const input: RebuildServerInput = {
    sealedAdminPass: sealAdminPass(service, allowed.id, told),
    keepsLocalDisks: rebuild.keepsLocalDisks,
    wasStopped: allowed.vmState === 'stopped',
    former: {},
    formerFiles: [],
    formerPassword: null,
  };
  await actOnServer(service, asked, allowed, {
    action: 'rebuild',
    recordedAs: 'rebuild',
    operation: { kind: 'rebuild-server', input },
    claim: async (tx, server) => {
      if (server.vmState === 'error') requireMendable(server, rebuild);
      await requireDetailsQuota(
        tx,
        server.projectId,
        { metadata: rebuild.metadata ?? {}, files: rebuild.files },
        service.quota,
      );
      const change = await changeOf(tx, server, image, rebuild);
      input.wasStopped = server.vmState === 'stopped';
      input.former = formerOf(server);
      input.formerFiles = await filesOf(tx, server.id);
      input.formerPassword = (await findPassword(tx, server.id)) ?? null;
      await replaceFiles(tx, server.id, rebuild.files);
      return change;
    },
  });
  return { adminPass, server: await requireExisting(service.database.queries, allowed) };
}

function requireMendable(server: Server, { mendsErrors }: Rebuild): void {
  if (!mendsErrors) {
    const facts = { action: 'rebuild', id: server.id };
    throw computeErrors.invalidState({ ...facts, attribute: 'vm_state', state: 'error' });
  }
  if (server.host === null) throw computeErrors.notReady({ id: server.id });
}

async function changeOf(
  tx: Queries,
  server: Server,
  image: Image,
  rebuild: Rebuild,
): Promise<ServerChange> {
  const { name, description, hostname, accessIpv4, accessIpv6, diskConfig } = rebuild;
  return {
    image_id: image.id,
    image_properties: JSON.stringify({ ...image.properties, disk_format: image.diskFormat }),
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(hostname !== undefined && { hostname }),
    ...(accessIpv4 !== undefined && { access_ipv4: accessIpv4 }),
    ...(accessIpv6 !== undefined && { access_ipv6: accessIpv6 }),
    ...(diskConfig !== undefined && { disk_config: diskConfig }),
    ...(rebuild.metadata !== undefined && { metadata: JSON.stringify(rebuild.metadata) }),
    ...(rebuild.userData !== undefined && { user_data: rebuild.userData }),
    ...(rebuild.trustedCertificates !== undefined && {
      trusted_certificates:
        rebuild.trustedCertificates && JSON.stringify(rebuild.trustedCertificates),
    }),
    ...(await keyChange(tx, server, rebuild.keyName)),
    ...(rebuild.files.length > 0 && { config_drive: 1 }),
  };
}

async function keyChange(
  tx: Queries,
  server: Server,
  keyName: string | null | undefined,
): Promise<ServerChange> {
  if (keyName === undefined) return {};
  if (keyName === null) return { key_name: null, key_public: null };
  const keypair = await findKeypair(tx, server.userId, keyName);
  if (!keypair) throw computeErrors.keypairNotFound();
  return { key_name: keyName, key_public: keypair.publicKey };
}

/** What the row says again when the rebuild had to be undone. */
function formerOf(server: Server): ServerChange {
  const { trustedCertificates } = server;
  return {
    image_id: server.imageId,
    image_properties: JSON.stringify(server.imageProperties),
    name: server.name,
    description: server.description,
    hostname: server.hostname,
    access_ipv4: server.accessIpv4,
    access_ipv6: server.accessIpv6,
    disk_config: server.diskConfig,
    metadata: JSON.stringify(server.metadata),
    user_data: server.userData,
    trusted_certificates: trustedCertificates && JSON.stringify(trustedCertificates),
    key_name: server.keyName,
    key_public: server.keyPublic,
    config_drive: server.configDrive ? 1 : 0,
  };
}
