import { limits } from '#base/limits.ts';
import { computeErrors } from '#compute/errors.ts';
import { type Flavor, findFlavor } from '#compute/flavors/store.ts';
import { findHost } from '#compute/hosts/store.ts';
import { findKeypair } from '#compute/keypairs/store.ts';
import type { ComputeService } from '#compute/service.ts';
import { isZoneAvailable } from '#compute/zones/list.ts';
import type { Image } from '#image/service.ts';
import type { PlannedAttachment } from '#network/service.ts';
import type { Actor } from '#policy/actor.ts';
import { isBareMetal, requireForBareMetal } from './bare-metal.ts';
import { checkDevices, localDisksOf } from './block-devices.ts';
import { serverErrors } from './errors.ts';
import { requireImageFits } from './image-fit.ts';
import type { NewServers, PlaceWish } from './new-servers.ts';
import type { LocalDisk } from './server.ts';

/** What the request's references turned out to be. */
export interface Resolved {
  flavor: Flavor;
  image: Image;
  keyPublic: string | null;
  plans: PlannedAttachment[];
  diskConfig: 'AUTO' | 'MANUAL';
  localDisks: readonly LocalDisk[];
}

/** @throws a 400 for each reference to nothing, or to what does not go together */
export async function resolveReferences(
  service: ComputeService,
  actor: Actor,
  request: NewServers,
): Promise<Resolved> {
  const db = service.database.queries;
  const { flavorId, imageId, keyName } = request;
  const flavor = await findFlavor(db, flavorId, actor);
  if (!flavor || flavor.isDisabled) throw computeErrors.flavorNotFound({ id: flavorId });
  if (isBareMetal(flavor.extraSpecs)) requireForBareMetal(request);
  if (imageId === null && request.devices.length === 0) throw serverErrors.imageMissing();
  checkDevices(request.devices, imageId, flavor);
  // Nothing boots without an image until there are volumes.
  const image = imageId === null ? undefined : await service.images.findVisible(actor, imageId);
  if (!image) {
    const refusal = request.imageIsResource
      ? serverErrors.imageNotThere
      : computeErrors.imageNotFound;
    throw refusal({ id: imageId ?? '' });
  }
  requireImageFits(image, flavor);
  const diskConfig = diskConfigOf(image, request.diskConfig);
  await requirePlace(service, request.place);
  const keypair = keyName ? await findKeypair(db, actor.userId, keyName) : undefined;
  if (keyName && !keypair) throw computeErrors.keypairNotFound();
  const plans = await planNetworks(service, actor, request);
  const localDisks = localDisksOf(request.devices, flavor);
  return { flavor, image, keyPublic: keypair?.publicKey ?? null, plans, diskConfig, localDisks };
}

/** Base64 in at most as many characters as Nova's column takes. */
export function requireUserData(text: string | undefined): void {
  if (text === undefined) return;
  if (text.length > limits.userDataBytes) {
    throw computeErrors.userDataTooLarge({ maxBytes: limits.userDataBytes });
  }
  const compact = text.replaceAll(/\s/g, '');
  if (Buffer.from(compact, 'base64').toString('base64') !== compact) {
    throw computeErrors.userDataMalformed();
  }
}

/** By default as the image says, and MANUAL where it says nothing, as Nova has it. */
function diskConfigOf(image: Image, asked: 'AUTO' | 'MANUAL' | undefined): 'AUTO' | 'MANUAL' {
  const { auto_disk_config: said = '' } = image.properties;
  if (asked === 'AUTO' && /^disabled$/i.test(said)) throw serverErrors.diskConfigDisabled();
  return asked ?? (/^(true|t|on|y|yes|1)$/i.test(said) ? 'AUTO' : 'MANUAL');
}

async function requirePlace(service: ComputeService, place: PlaceWish): Promise<void> {
  const db = service.database.queries;
  const { zone } = place;
  if (zone !== null && !(await isZoneAvailable(service, db, zone))) {
    throw computeErrors.zoneNotFound({ zone });
  }
  if (!place.isHostChecked) return;
  for (const host of [place.host, place.node]) {
    if (host !== null && !(await findHost(db, host))) throw serverErrors.hostNotFound({ host });
  }
}

async function planNetworks(
  service: ComputeService,
  actor: Actor,
  request: NewServers,
): Promise<PlannedAttachment[]> {
  const { networks, maxCount } = request;
  if (maxCount > 1 && typeof networks === 'object') {
    if (networks.some((wish) => wish.portId !== undefined)) throw serverErrors.portOfMany();
    if (networks.some((wish) => wish.fixedIp !== undefined)) throw serverErrors.addressOfMany();
  }
  const plans = await service.networks.planAttachments(actor, networks, request.securityGroups);
  const networkIds = plans.map((plan) => plan.networkId);
  const twice = networkIds.find((id, index) => networkIds.indexOf(id) !== index);
  if (twice !== undefined && !request.mayShareNetworks) {
    throw serverErrors.networkDuplicated({ networkId: twice });
  }
  return plans;
}
