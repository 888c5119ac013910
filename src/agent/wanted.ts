import type { DiskHardware, Quiesce } from '#drivers/hypervisor/hypervisor.ts';
import type { NetworkSpec, PortSpec } from '#drivers/network/network.ts';
import type { BlankDiskSpec, RootDiskSpec, SnapshotSpec } from '#drivers/storage/storage.ts';

/** Of the server with this id. */
export interface WantedSnapshot extends Omit<SnapshotSpec, 'diskId'> {
  id: string;
  /** Whether the agent inside the guest takes part. */
  quiesce: Quiesce;
}

/** What a server is rescued with. */
export interface WantedRescue {
  imageId: string;
  imageFormat: 'qcow2' | 'raw';
  /** As what the rescue image wants to be found, the server's own disks staying where they are. */
  hardware: DiskHardware | null;
}

/** What a host must know to make a server's disks. */
export interface WantedDisks {
  id: string;
  rootDisk: RootDiskSpec;
  /** Further ones, in the order in which the guest finds them behind the root disk. */
  localDisks: readonly BlankDiskSpec[];
  /** Files of the config drive, base64 by path; null when there is none. */
  configDrive: Record<string, string> | null;
}

/** All that a host must know to run one server: what is wanted, as data that could cross a wire. */
export interface WantedServer extends WantedDisks {
  instanceName: string;
  vcpus: number;
  memoryMib: number;
  ports: { network: NetworkSpec; port: PortSpec }[];
  /** It boots from another disk than its own. */
  rescue?: WantedRescue;
}
