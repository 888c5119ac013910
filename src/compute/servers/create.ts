import { limits } from '#base/limits.ts';
import { computeErrors } from '#compute/errors.ts';
import { type Flavor, findFlavor } from '#compute/flavors/store.ts';
import { type HostLoad, listHostLoads } from '#compute/hosts/store.ts';
import { findKeypair } from '#compute/keypairs/store.ts';
import type { CreateServerInput } from '#compute/operations/create-server.ts';
import { limitsOfProject } from '#compute/quotas/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Queries } from '#db/database.ts';
import type { Image } from '#image/service.ts';
import type { PlannedAttachment } from '#network/service.ts';
import { type Candidate, explain, type Placement, placeServer } from '#scheduler/placement.ts';
import { type Asked, recordAction } from './act.ts';
import { requireImageFits } from './image-fit.ts';
import { newRow, placeRow } from './new-row.ts';
import { requireQuota } from './quota.ts';
import { insertServer } from './store.ts';

/** A request for new servers, its shape already checked, in the newest form. */
export interface NewServers {
  name: string;
  imageRef: string;
  flavorRef: string;
  networks: Parameters<ComputeService['networks']['planAttachments']>[1];
  securityGroups: string[];
  keyName: string | undefined;
  userData: string | undefined;
  metadata: Record<string, string>;
  configDrive: boolean;
  availabilityZone: string | undefined;
  minCount: number;
  maxCount: number;
  description: string | null;
  hostname: string | undefined;
  accessIpv4: string;
  accessIpv6: string;
  diskConfig: 'AUTO' | 'MANUAL';
  adminPass: string | undefined;
}

export interface CreatedServers {
  ids: string[];
  reservationId: string;
  adminPass: string;
}

/** What the request's references turned out to be. */
export interface Resolved {
  flavor: Flavor;
  image: Image;
  keyPublic: string | null;
  plans: PlannedAttachment[];
}

/**
 * Checks all that the servers refer to, then in one transaction checks the quota, claims a host,
 * and records servers, instance actions and operations. When no host fits, the servers are
 * recorded in error with a fault, as Nova does.
 */
export async function createServers(
  service: ComputeService,
  asked: Asked,
  request: NewServers,
): Promise<CreatedServers> {
  const projectId = asked.actor.projectId;
  if (projectId === null) throw computeErrors.projectNeeded();
  if (request.minCount > request.maxCount) throw computeErrors.countsInverted();
  requireUserData(request.userData);
  const resolved = await resolve(service, asked, request);
  const adminPass = request.adminPass ?? service.ids.secret(9);
  const reservationId = `r-${service.ids.hex().slice(0, 8)}`;
  const ids = await service.operations.transaction(async (tx, record) => {
    const limitsNow = await limitsOfProject(tx, projectId, service.quota);
    await requireQuota(tx, projectId, quotaRequest(resolved.flavor, request), limitsNow);
    const hosts = await listHostLoads(tx);
    const created: string[] = [];
    for (let index = 0; index < request.maxCount; index += 1) {
      const placement = claim(service, hosts, resolved.flavor, request);
      const row = newRow(service, asked, projectId, request, resolved, reservationId, index);
      await insertServer(tx, placeRow(service, row, placement));
      await recordAction(service, tx, asked, { id: row.id, projectId }, 'create');
      created.push(row.id);
      if (!placement.host) continue;
      const sealedAdminPass = service.seal.close(adminPass);
      const input: CreateServerInput = { plans: resolved.plans, sealedAdminPass };
      const { requestId } = asked;
      await record({ kind: 'create-server', subject: row.id, projectId, requestId, input });
    }
    return created;
  });
  return { ids, reservationId, adminPass };
}

async function resolve(
  service: ComputeService,
  asked: Asked,
  request: NewServers,
): Promise<Resolved> {
  const db = service.database.queries;
  const flavorId = lastSegment(request.flavorRef);
  const flavor = await findFlavor(db, flavorId, asked.actor);
  if (!flavor || flavor.isDisabled) throw computeErrors.flavorNotFound({ id: flavorId });
  const imageId = lastSegment(request.imageRef);
  const image = await service.images.findVisible(asked.actor, imageId);
  if (!image) throw computeErrors.imageNotFound({ id: imageId });
  requireImageFits(image, flavor);
  await requireZone(db, request.availabilityZone);
  const { keyName } = request;
  const keypair = keyName ? await findKeypair(db, asked.actor.userId, keyName) : undefined;
  if (keyName && !keypair) throw computeErrors.keypairNotFound();
  const plans = await service.networks.planAttachments(
    asked.actor,
    request.networks,
    request.securityGroups,
  );
  return { flavor, image, keyPublic: keypair?.publicKey ?? null, plans };
}

/** References may be ids or the whole address of the resource. */
function lastSegment(reference: string): string {
  return reference.split('/').at(-1) ?? reference;
}

function requireUserData(text: string | undefined): void {
  if (text === undefined) return;
  if (text.length > limits.userDataBytes) {
    throw computeErrors.userDataTooLarge({ maxBytes: limits.userDataBytes });
  }
  const compact = text.replaceAll(/\s/g, '');
  if (Buffer.from(compact, 'base64').toString('base64') !== compact) {
    throw computeErrors.userDataMalformed();
  }
}

async function requireZone(db: Queries, zone: string | undefined): Promise<void> {
  if (zone === undefined) return;
  const hosts = await listHostLoads(db);
  if (!hosts.some((host) => host.availability_zone === zone)) {
    throw computeErrors.zoneNotFound({ zone });
  }
}

function quotaRequest(flavor: Flavor, request: NewServers) {
  const instances = request.maxCount;
  return {
    instances,
    cores: flavor.vcpus * instances,
    memoryMib: flavor.memoryMib * instances,
  };
}

/** Chooses a host and notes the claim in `hosts`, so that the next of this request sees it. */
function claim(
  service: ComputeService,
  hosts: HostLoad[],
  flavor: Flavor,
  request: NewServers,
): Placement {
  const placement = placeServer(hosts.map(candidateOf), {
    vcpus: flavor.vcpus,
    memoryMib: flavor.memoryMib,
    diskGib: flavor.diskGib,
    availabilityZone: request.availabilityZone ?? null,
  });
  const chosen = hosts.find((host) => host.name === placement.host?.name);
  if (chosen) {
    chosen.vcpusUsed += flavor.vcpus;
    chosen.memoryMibUsed += flavor.memoryMib;
    chosen.diskGibUsed += flavor.diskGib;
  } else {
    service.log.warn({ explanation: explain(placement.explanation) }, 'no host fits a server');
  }
  return placement;
}

function candidateOf(host: HostLoad): Candidate {
  return {
    name: host.name,
    availabilityZone: host.availability_zone,
    enabled: host.enabled === 1,
    isUp: true,
    vcpus: host.vcpus,
    vcpusUsed: host.vcpusUsed,
    memoryMib: host.memory_mib,
    memoryMibUsed: host.memoryMibUsed,
    diskGib: host.disk_gib,
    diskGibUsed: host.diskGibUsed,
  };
}
