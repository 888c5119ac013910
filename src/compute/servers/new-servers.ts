import type { BlockDevice } from './block-devices.ts';
import type { HintLists } from './hints.ts';

/** A file that is put into the guest when it first starts. */
export interface InjectedFile {
  path: string;
  /** Base64, without blanks. */
  contents: string;
}

/** One NIC that is asked for: a port, or an address on a network. */
export interface NetworkWish {
  networkId?: string;
  portId?: string;
  fixedIp?: string;
  tag?: string;
}

/** Where the servers are to be. Only administrators name hosts and nodes. */
export interface PlaceWish {
  zone: string | null;
  host: string | null;
  node: string | null;
  /** The host must exist; otherwise the servers end in error where it does not. */
  isHostChecked: boolean;
}

/** A request for new servers, its shape already checked, in the newest form. */
export interface NewServers {
  name: string;
  /** Null: they boot from one of the devices. */
  imageId: string | null;
  /** An image that is not there is told as a resource that is missing, not as a bad request. */
  imageIsResource: boolean;
  flavorId: string;
  networks: readonly NetworkWish[] | 'auto' | 'none' | undefined;
  /** Several NICs may be on one network. */
  mayShareNetworks: boolean;
  securityGroups: string[];
  keyName: string | undefined;
  userData: string | undefined;
  metadata: Record<string, string>;
  files: readonly InjectedFile[];
  configDrive: boolean;
  place: PlaceWish;
  hints: HintLists;
  devices: readonly BlockDevice[];
  minCount: number;
  maxCount: number;
  description: string | null;
  hostname: string | undefined;
  accessIpv4: string;
  accessIpv6: string;
  /** Undefined: as the image says. */
  diskConfig: 'AUTO' | 'MANUAL' | undefined;
  adminPass: string | undefined;
  tags: readonly string[];
  trustedCertificates: readonly string[] | null;
}

/** `az`, `az:host`, `az:host:node` or `az::node`. @returns undefined for more parts than these */
export function parsePlace(text: string): Omit<PlaceWish, 'isHostChecked'> | undefined {
  const [zone = '', host = '', node = '', ...more] = text.split(':');
  if (more.length > 0) return undefined;
  return { zone: zone || null, host: host || null, node: node || null };
}
