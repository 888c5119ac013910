/** What a guest may learn about itself. */
export interface GuestFacts {
  serverId: string;
  projectId: string;
  name: string;
  hostname: string;
  instanceType: string;
  imageId: string;
  availabilityZone: string;
  launchIndex: number;
  reservationId: string;
  /** Null when no key was given. */
  key: { name: string; publicKey: string } | null;
  /** Base64 as it was sent; null when none. */
  userData: string | null;
  metadata: Record<string, string>;
  securityGroups: string[];
  /** Only ever on the config drive, which nobody but the guest can read. */
  adminPass: string | null;
  /** As the guest gave it, encrypted for its user; empty while it gave none. */
  password: string;
  /** 512 unpredictable bytes as base64, others each time: guests stir them into their entropy. */
  randomSeed: string;
  nics: GuestNicFacts[];
  /** What was sent along to be put into the guest, contents in base64. */
  files: readonly { path: string; contents: string }[];
}

export interface GuestNicFacts {
  portId: string;
  networkId: string;
  macAddress: string;
  mtu: number;
  /** What the user calls the card; absent or null for nothing. */
  tag?: string | null;
  addresses: GuestAddressFacts[];
}

export interface GuestAddressFacts {
  address: string;
  ipVersion: 4 | 6;
  prefixLength: number;
  gateway: string | null;
  /** False: the guest must configure the address by itself. */
  isByDhcp: boolean;
  dnsServers: string[];
  hostRoutes: { destination: string; nextHop: string }[];
}

/** The versions of the OpenStack layout; each has what came up to then, `latest` has all. */
export const openstackVersions: readonly string[] = [
  '2012-08-10',
  '2013-04-04',
  '2013-10-17',
  '2015-10-15',
  '2016-06-30',
  '2016-10-06',
  '2017-02-22',
  '2018-08-27',
  '2020-10-14',
  'latest',
];

/** Dates compare as text, and `latest` comes after every date. */
export function hasSince(version: string, since: string): boolean {
  return version >= since;
}

/** `meta_data.json` as Nova writes it in that version of the layout. */
export function metaData(facts: GuestFacts, version: string): object {
  const key = facts.key;
  return {
    uuid: facts.serverId,
    ...(Object.keys(facts.metadata).length > 0 && { meta: facts.metadata }),
    ...(facts.adminPass !== null && { admin_pass: facts.adminPass }),
    ...(key && {
      public_keys: { [key.name]: key.publicKey },
      keys: [{ name: key.name, type: keyType(key.publicKey), data: key.publicKey }],
    }),
    hostname: fullHostname(facts),
    name: facts.name,
    launch_index: facts.launchIndex,
    availability_zone: facts.availabilityZone,
    ...(hasSince(version, '2013-04-04') && { random_seed: facts.randomSeed }),
    ...(hasSince(version, '2015-10-15') && { project_id: facts.projectId }),
    ...(facts.files.length > 0 && { files: facts.files.map(fileReference) }),
    ...(hasSince(version, '2016-06-30') && { devices: taggedDevices(facts) }),
    ...(hasSince(version, '2020-10-14') && { dedicated_cpus: [] }),
  };
}

/** Certificates come as PEM, SSH keys as one line. */
function keyType(publicKey: string): 'ssh' | 'x509' {
  return publicKey.startsWith('-----BEGIN') ? 'x509' : 'ssh';
}

/** Where the contents of a file stand, below the layout's own folder. */
export function contentPath(index: number): string {
  return `/content/${String(index).padStart(4, '0')}`;
}

function fileReference(file: { path: string }, index: number) {
  return { content_path: contentPath(index), path: file.path };
}

/** Only those that the user gave a name for. */
function taggedDevices({ nics }: GuestFacts): object[] {
  const tagged = nics.filter(({ tag }) => tag);
  return tagged.map(({ macAddress, tag }) => ({
    type: 'nic',
    bus: 'none',
    mac: macAddress,
    tags: [tag],
  }));
}

/** With the domain that Nova and our DHCP give, unless it came with one. */
export function fullHostname({ hostname }: GuestFacts): string {
  return hostname.includes('.') ? hostname : `${hostname}.novalocal`;
}

/** The user data as the guest gets it; undefined when none was given. */
export function userData(facts: GuestFacts): Buffer | undefined {
  return facts.userData === null ? undefined : Buffer.from(facts.userData, 'base64');
}
