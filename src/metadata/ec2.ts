import { fullHostname, type GuestFacts, hasSince } from './documents.ts';

/** Versions of the EC2 layout; each has what came up to then, `latest` has all. */
export const ec2Versions: readonly string[] = [
  '1.0',
  '2007-01-19',
  '2007-03-01',
  '2007-08-29',
  '2007-10-10',
  '2007-12-15',
  '2008-02-01',
  '2008-09-01',
  '2009-04-04',
  'latest',
];

interface Ec2Value {
  path: string;
  since: string;
  value: string;
}

/** What stands below `<version>/meta-data/`, by path; a folder is a path with a slash. */
export function ec2MetaData(facts: GuestFacts, version: string): Map<string, string> {
  const present = ec2Values(facts).filter((row) => hasSince(version, row.since));
  return new Map(present.map(({ path, value }) => [path, value]));
}

function ec2Values(facts: GuestFacts): Ec2Value[] {
  const [first] = facts.nics.flatMap((nic) =>
    nic.addresses.filter((entry) => entry.ipVersion === 4).map((entry) => entry.address),
  );
  const key = facts.key && `${facts.key.publicKey.trim()}\n`;
  const row = (since: string, path: string, value: string) => ({ path, since, value });
  return [
    row('1.0', 'ami-id', `ami-${facts.imageId.slice(0, 8)}`),
    row('1.0', 'ami-launch-index', String(facts.launchIndex)),
    row('1.0', 'ami-manifest-path', ''),
    row('2007-12-15', 'block-device-mapping/ami', 'vda'),
    row('2007-12-15', 'block-device-mapping/root', '/dev/vda'),
    row('1.0', 'hostname', fullHostname(facts)),
    row('2008-09-01', 'instance-action', 'none'),
    row('1.0', 'instance-id', `i-${facts.serverId.slice(0, 8)}`),
    row('2007-08-29', 'instance-type', facts.instanceType),
    row('2007-01-19', 'local-hostname', fullHostname(facts)),
    row('1.0', 'local-ipv4', first ?? ''),
    row('2008-02-01', 'placement/availability-zone', facts.availabilityZone),
    row('2007-01-19', 'public-hostname', fullHostname(facts)),
    row('2007-01-19', 'public-ipv4', ''),
    ...(key === null ? [] : [row('1.0', 'public-keys/0/openssh-key', key)]),
    row('1.0', 'reservation-id', facts.reservationId),
    row('1.0', 'security-groups', facts.securityGroups.join('\n')),
  ];
}
