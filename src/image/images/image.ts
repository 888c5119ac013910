import { type Actor, isAdmin } from '#policy/actor.ts';

/**
 *  create → queued ──claim──▶ saving ──fill──▶ active ◀──reactivate── deactivated
 *             ▲                 │                 └──────deactivate──────▶
 *             └─────abandon─────┘           (every state may be deleted)
 */
export type ImageStatus = 'queued' | 'saving' | 'active' | 'deactivated';

export type ImageEvent = 'claim' | 'fill' | 'abandon' | 'deactivate' | 'reactivate';

/** Which event is legal in which state, and where it leads. */
export const imageTransitions: Record<ImageStatus, Partial<Record<ImageEvent, ImageStatus>>> = {
  queued: { claim: 'saving' },
  saving: { fill: 'active', abandon: 'queued' },
  active: { deactivate: 'deactivated', reactivate: 'active' },
  deactivated: { reactivate: 'active', deactivate: 'deactivated' },
};

export function nextStatus(status: ImageStatus, event: ImageEvent): ImageStatus | undefined {
  return imageTransitions[status][event];
}

export const visibilities = ['public', 'community', 'shared', 'private'] as const;
export type ImageVisibility = (typeof visibilities)[number];

/** What Glance knows; only `qcow2` and `raw` disks can be booted from here. */
export const diskFormats = [
  'ami',
  'ari',
  'aki',
  'vhd',
  'vhdx',
  'vmdk',
  'raw',
  'qcow2',
  'vdi',
  'iso',
  'ploop',
] as const;

export const containerFormats = [
  'ami',
  'ari',
  'aki',
  'bare',
  'ovf',
  'ova',
  'docker',
  'compressed',
] as const;

export interface Image {
  id: string;
  name: string | null;
  status: ImageStatus;
  visibility: ImageVisibility;
  /** The project it belongs to. */
  ownerId: string | null;
  diskFormat: string | null;
  containerFormat: string | null;
  /** Null until data have been uploaded, like the three hashes. */
  sizeBytes: number | null;
  virtualSizeBytes: number | null;
  minDiskGib: number;
  minRamMib: number;
  isProtected: boolean;
  isHidden: boolean;
  checksum: string | null;
  hashAlgorithm: string | null;
  hashValue: string | null;
  createdMs: number;
  updatedMs: number;
  /** Free-form properties such as `os_distro` and `hw_disk_bus`. */
  properties: Readonly<Record<string, string>>;
  tags: readonly string[];
  /** Projects with which it is shared, whether they accepted or not. */
  memberIds: readonly string[];
}

/** Whoever knows its id may use a public or community image; the rest is for owner and members. */
export function mayView(actor: Actor, image: Image): boolean {
  if (isAdmin(actor)) return true;
  if (image.visibility === 'public' || image.visibility === 'community') return true;
  if (actor.projectId === null) return false;
  if (image.ownerId === actor.projectId) return true;
  return image.visibility === 'shared' && image.memberIds.includes(actor.projectId);
}

export function mayChange(actor: Actor, image: Image): boolean {
  return isAdmin(actor) || (image.ownerId !== null && image.ownerId === actor.projectId);
}
