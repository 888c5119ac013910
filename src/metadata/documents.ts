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
  nics: GuestNicFacts[];
}

export interface GuestNicFacts {
  portId: string;
  networkId: string;
  macAddress: string;
  mtu: number;
  addresses: {
    address: string;
    ipVersion: 4 | 6;
    prefixLength: number;
    gateway: string | null;
    dnsServers: string[];
  }[];
}

/** `openstack/latest/meta_data.json`, in the form of Nova's newest version. */
export function metaData(facts: GuestFacts): object {
  const key = facts.key;
  return {
    uuid: facts.serverId,
    name: facts.name,
    hostname: `${facts.hostname}.novalocal`,
    project_id: facts.projectId,
    launch_index: facts.launchIndex,
    availability_zone: facts.availabilityZone,
    meta: facts.metadata,
    ...(key && {
      public_keys: { [key.name]: key.publicKey },
      keys: [{ name: key.name, type: 'ssh', data: key.publicKey }],
    }),
    ...(facts.adminPass !== null && { admin_pass: facts.adminPass }),
    devices: [],
    dedicated_cpus: [],
  };
}

/** `openstack/latest/network_data.json`: links, networks on them, and name servers. */
export function networkData(facts: GuestFacts): object {
  const links = facts.nics.map((nic) => ({
    id: `tap${nic.portId.slice(0, 11)}`,
    vif_id: nic.portId,
    type: 'bridge',
    mtu: nic.mtu,
    ethernet_mac_address: nic.macAddress,
  }));
  const networks = facts.nics.flatMap((nic) =>
    nic.addresses.map((address, index) => ({
      id: `network${index}-${nic.portId.slice(0, 8)}`,
      type: address.ipVersion === 4 ? 'ipv4_dhcp' : 'ipv6_dhcp',
      link: `tap${nic.portId.slice(0, 11)}`,
      network_id: nic.networkId,
    })),
  );
  const servers = new Set(
    facts.nics.flatMap((nic) => nic.addresses.flatMap((address) => address.dnsServers)),
  );
  return {
    links,
    networks,
    services: [...servers].map((address) => ({ type: 'dns', address })),
  };
}

/** The user data as the guest gets it; undefined when none was given. */
export function userData(facts: GuestFacts): Buffer | undefined {
  return facts.userData === null ? undefined : Buffer.from(facts.userData, 'base64');
}

/** The versions under which the OpenStack layout is served; all have the same content here. */
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

/** The EC2 layout below `latest/meta-data/`, values by path; a folder is a path with a slash. */
export function ec2MetaData(facts: GuestFacts): Record<string, string> {
  const [address] = facts.nics.flatMap((nic) =>
    nic.addresses.filter((entry) => entry.ipVersion === 4).map((entry) => entry.address),
  );
  const key = facts.key;
  return {
    'ami-id': `ami-${facts.imageId.slice(0, 8)}`,
    'ami-launch-index': String(facts.launchIndex),
    'ami-manifest-path': '',
    hostname: `${facts.hostname}.novalocal`,
    'instance-action': 'none',
    'instance-id': `i-${facts.serverId.slice(0, 8)}`,
    'instance-type': facts.instanceType,
    'local-hostname': `${facts.hostname}.novalocal`,
    'local-ipv4': address ?? '',
    'placement/availability-zone': facts.availabilityZone,
    'public-hostname': `${facts.hostname}.novalocal`,
    'public-ipv4': '',
    'reservation-id': facts.reservationId,
    'security-groups': facts.securityGroups.join('\n'),
    ...(key && { 'public-keys/0/openssh-key': `${key.publicKey.trim()}\n` }),
  };
}

/** Every file of a config drive, by path. */
export function configDriveFiles(facts: GuestFacts): Record<string, Uint8Array> {
  const json = (value: object) => Buffer.from(JSON.stringify(value));
  const data = userData(facts);
  const files: Record<string, Uint8Array> = {
    'ec2/latest/meta-data.json': json(ec2Tree(facts)),
    ...(data && { 'ec2/latest/user-data': data }),
  };
  for (const version of ['2018-08-27', 'latest']) {
    files[`openstack/${version}/meta_data.json`] = json(metaData(facts));
    files[`openstack/${version}/network_data.json`] = json(networkData(facts));
    files[`openstack/${version}/vendor_data.json`] = json({});
    files[`openstack/${version}/vendor_data2.json`] = json({});
    if (data) files[`openstack/${version}/user_data`] = data;
  }
  return files;
}

function ec2Tree(facts: GuestFacts): object {
  const tree: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(ec2MetaData(facts))) {
    const names = path.split('/');
    let node = tree;
    for (const name of names.slice(0, -1)) {
      node[name] ??= {};
      node = node[name] as Record<string, unknown>;
    }
    node[names.at(-1) ?? path] = value;
  }
  return tree;
}
