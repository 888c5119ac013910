import type { WantedRescue as Rescue } from '#agent/agent.ts';
import type { HintLists } from './hints.ts';
import type { TaskState, VmState } from './status.ts';

/** The flavor as a server keeps it. */
export interface FlavorSnapshot {
  id: string;
  name: string;
  vcpus: number;
  memoryMib: number;
  diskGib: number;
  ephemeralGib: number;
  swapMib: number;
  extraSpecs: Record<string, string>;
}

/** A disk on the server's host besides the root disk, empty when the server was made. */
export interface LocalDisk {
  /** `ephemeral0`, `ephemeral1`, `swap`: in the order in which the guest finds them. */
  name: string;
  kind: 'ephemeral' | 'swap';
  sizeBytes: number;
}

/** What a server's local disks take of its host, whatever became of the flavor's share. */
export function claimedDiskGib(
  flavor: Pick<FlavorSnapshot, 'diskGib' | 'ephemeralGib' | 'swapMib'>,
): number {
  return flavor.diskGib + flavor.ephemeralGib + Math.ceil(flavor.swapMib / 1024);
}

export interface Fault {
  code: number;
  message: string;
  /** Only administrators see it. */
  details?: string;
  createdMs: number;
}

/** A server as the rooms above the store see it. */
export interface Server {
  id: string;
  instanceName: string;
  projectId: string;
  userId: string;
  name: string;
  description: string | null;
  hostname: string;
  vmState: VmState;
  taskState: TaskState | null;
  powerState: number;
  flavor: FlavorSnapshot;
  /** Empty for a server that has no image. */
  imageId: string;
  imageProperties: Record<string, string>;
  keyName: string | null;
  keyPublic: string | null;
  /** Base64, as it was sent. */
  userData: string | null;
  metadata: Record<string, string>;
  configDrive: boolean;
  pinnedZone: string | null;
  availabilityZone: string | null;
  host: string | null;
  accessIpv4: string;
  accessIpv6: string;
  diskConfig: 'AUTO' | 'MANUAL';
  reservationId: string;
  launchIndex: number;
  isLocked: boolean;
  /** The side that locked it; the other one cannot unlock it, except administrators. */
  lockedBy: 'owner' | 'admin' | null;
  lockedReason: string | null;
  fault: Fault | null;
  localDisks: readonly LocalDisk[];
  schedulerHints: HintLists;
  trustedCertificates: readonly string[] | null;
  /** What a shelved server comes back from. */
  shelvedImageId: string | null;
  /** What it was last rescued with. */
  rescue: Rescue | null;
  createdMs: number;
  updatedMs: number;
  launchedMs: number | null;
  terminatedMs: number | null;
  deletedMs: number | null;
}

/** A DNS label from a server's name, as Nova's `sanitize_hostname` makes it. */
export function hostnameFrom(name: string, serverId: string): string {
  const label = name
    .normalize('NFKD')
    .replaceAll(/[ _.]/g, '-')
    .replaceAll(/[^A-Za-z0-9-]/g, '')
    .toLowerCase()
    .replaceAll(/^[-]+|[-]+$/g, '')
    .slice(0, 63);
  return label || `server-${serverId}`;
}
