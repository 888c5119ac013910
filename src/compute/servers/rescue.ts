import type { WantedRescue } from '#agent/agent.ts';
import { computeErrors } from '#compute/errors.ts';
import type { RescueServerInput } from '#compute/operations/rescue-server.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Image } from '#image/service.ts';
import type { Allowed } from '#policy/engine.ts';
import { type Asked, actOnServer } from './act.ts';
import { newAdminPassword } from './admin-password.ts';
import { requireUnlocked } from './require-server.ts';
import { rescueErrors } from './rescue-errors.ts';
import { rescueHardware } from './rescue-hardware.ts';
import { sealAdminPass } from './sealed-password.ts';
import type { Server } from './server.ts';
import { requireLegal } from './states.ts';

export interface AskedRescue {
  /** What the server's own image was made of, or that image, where undefined. */
  imageId?: string;
  adminPass?: string;
  /** Since 2.87 the host is asked whether it can rescue a server that runs from a volume. */
  asksHost: boolean;
}

const formats: Readonly<Record<string, WantedRescue['imageFormat']>> = {
  raw: 'raw',
  iso: 'raw',
  qcow2: 'qcow2',
};

/**
 * Boots the server from a rescue image, with its own disks beside it.
 * @returns the password, which is told only now
 * @throws a 400 for an image that rescues nobody, InstanceInvalidState and InstanceNotReady (409)
 */
export async function rescueServer(
  service: ComputeService,
  asked: Asked,
  allowed: Allowed<Server>,
  wanted: AskedRescue,
): Promise<string> {
  requireUnlocked(allowed, asked.actor);
  requireLegal(allowed, 'rescue');
  if (allowed.imageId === '') throw refuseVolume(allowed, wanted);
  const rescue = await rescueWith(service, asked, allowed, wanted);
  const adminPass = wanted.adminPass ?? newAdminPassword(service.ids);
  const input: RescueServerInput = {
    rescue,
    sealedAdminPass: sealAdminPass(service, allowed.id, adminPass),
  };
  await actOnServer(service, asked, allowed, {
    action: 'rescue',
    recordedAs: 'rescue',
    operation: { kind: 'rescue-server', input },
    claim: async (_tx, server) => {
      if (server.host === null) throw computeErrors.notReady({ id: server.id });
      return { rescue: JSON.stringify(rescue) };
    },
  });
  return adminPass;
}

/** The guest runs from its own disk again. */
export function unrescueServer(
  service: ComputeService,
  asked: Asked,
  server: Allowed<Server>,
): Promise<void> {
  return actOnServer(service, asked, server, {
    action: 'unrescue',
    recordedAs: 'unrescue',
    operation: { kind: 'unrescue-server', input: {} },
  });
}

function refuseVolume({ id }: Server, { asksHost }: AskedRescue): Error {
  const what = 'rescue a volume-backed instance';
  const reason = asksHost ? `Host unable to ${what}` : `Cannot ${what}`;
  return rescueErrors.notRescuable({ id, reason });
}

async function rescueWith(
  service: ComputeService,
  { actor }: Asked,
  server: Server,
  { imageId }: AskedRescue,
): Promise<WantedRescue> {
  if (imageId !== undefined) {
    const image = await service.images.findVisible(actor, imageId);
    const rescue = image && rescueOf(image);
    if (!rescue) throw rescueErrors.imageUnsupported({ id: imageId });
    return rescue;
  }
  const baseId = server.imageProperties.base_image_ref;
  const base = baseId ? await service.images.findVisible(actor, baseId) : undefined;
  return (base && rescueOf(base)) ?? ownImage(server);
}

/** Undefined for one that cannot be booted. */
function rescueOf({ id, status, diskFormat, properties }: Image): WantedRescue | undefined {
  const imageFormat = formats[diskFormat ?? ''];
  if (status !== 'active' || imageFormat === undefined) return undefined;
  return { imageId: id, imageFormat, hardware: rescueHardware(properties) };
}

/** The host has it, even where the image was deleted. */
function ownImage({ imageId, imageProperties }: Server): WantedRescue {
  const imageFormat = formats[imageProperties.disk_format ?? ''] ?? 'raw';
  return { imageId, imageFormat, hardware: rescueHardware(imageProperties) };
}
