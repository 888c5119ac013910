import { type HistoryRow, row } from './row.ts';

const shown = ['GET /servers/detail', 'GET /servers/{id}'];
const listed = ['GET /servers', 'GET /servers/detail'];

/** 2.1 to 2.36: until Nova stopped to speak for images, volumes and networks. */
export const historyTo36: readonly HistoryRow[] = [
  row('2.1', 'The first version: what v2 serves, with requests validated strictly.'),
  row(
    '2.2',
    'Key pairs have a type, ssh or x509; creating one answers 201 and deleting one 204.',
    '* /os-keypairs/**',
  ),
  row(
    '2.3',
    'Administrators see more attributes of a server; attached volumes say whether they go with it.',
    ...shown,
  ),
  row(
    '2.4',
    'A fixed address tells whether it is reserved.',
    'GET /os-fixed-ips/{id}',
    'POST /os-fixed-ips/{id}/action',
  ),
  row('2.5', 'Everyone may look for servers by IPv6 address.', ...listed),
  row(
    '2.6',
    'One resource makes consoles of every protocol; the four actions before it are gone.',
    'POST /servers/{id}/remote-consoles',
    'POST /servers/{id}/action os-getVNCConsole',
    'POST /servers/{id}/action os-getSPICEConsole',
    'POST /servers/{id}/action os-getRDPConsole',
    'POST /servers/{id}/action os-getSerialConsole',
  ),
  row(
    '2.7',
    'Giving a project access to a flavor that is public already is a conflict.',
    'POST /flavors/{id}/action addTenantAccess',
  ),
  row('2.8', 'Consoles of protocol mks.', 'POST /servers/{id}/remote-consoles'),
  row(
    '2.9',
    'A server shows whether it is locked.',
    ...shown,
    'PUT /servers/{id}',
    'POST /servers/{id}/action rebuild',
  ),
  row('2.10', 'Administrators make, see and delete key pairs of other users.', '* /os-keypairs/**'),
  row(
    '2.11',
    'A service can be declared down, and shows it.',
    'GET /os-services',
    'PUT /os-services/{action}',
  ),
  row('2.12', 'Virtual interfaces name their network.', 'GET /servers/{id}/os-virtual-interfaces'),
  row('2.13', 'Server groups show project and user.', '* /os-server-groups/**'),
  row(
    '2.14',
    'Evacuation finds out by itself whether storage is shared, and returns no password.',
    'POST /servers/{id}/action evacuate',
  ),
  row('2.15', 'Soft policies for server groups.', 'POST /os-server-groups'),
  row('2.16', 'Administrators see the status of the host of a server.', ...shown),
  row('2.17', 'A crash dump can be asked for.', 'POST /servers/{id}/action trigger_crash_dump'),
  row('2.18', 'The project may be left out of every path; here it may in all versions.'),
  row(
    '2.19',
    'Servers have a description.',
    ...shown,
    'POST /servers',
    'POST /os-volumes_boot',
    'PUT /servers/{id}',
    'POST /servers/{id}/action rebuild',
  ),
  row(
    '2.20',
    'Volumes are attached and detached while a server is shelved, too.',
    'POST /servers/{id}/os-volume_attachments',
    'DELETE /servers/{id}/os-volume_attachments/{id}',
  ),
  row(
    '2.21',
    'What was done to deleted servers can be read.',
    'GET /servers/{id}/os-instance-actions/**',
  ),
  row(
    '2.22',
    'A running live migration can be forced to an end.',
    'POST /servers/{id}/migrations/{id}/action force_complete',
  ),
  row(
    '2.23',
    'Migrations of a server can be read; migrations have a type and links.',
    'GET /servers/{id}/migrations/**',
    'GET /os-migrations',
  ),
  row('2.24', 'A running live migration can be cancelled.', 'DELETE /servers/{id}/migrations/{id}'),
  row(
    '2.25',
    'Live migration chooses by itself how disks are moved.',
    'POST /servers/{id}/action os-migrateLive',
  ),
  row(
    '2.26',
    'Servers have tags, and are found by them.',
    '* /servers/{id}/tags/**',
    ...listed,
    'GET /servers/{id}',
    'PUT /servers/{id}',
    'POST /servers/{id}/action rebuild',
  ),
  row('2.27', 'The header OpenStack-API-Version asks for a version; here it does in all.'),
  row(
    '2.28',
    "A hypervisor's cpu_info is an object rather than text.",
    'GET /os-hypervisors/detail',
    'GET /os-hypervisors/{id}',
  ),
  row(
    '2.29',
    'The target host of an evacuation is checked unless that is forced.',
    'POST /servers/{id}/action evacuate',
  ),
  row(
    '2.30',
    'The target host of a live migration is checked unless that is forced.',
    'POST /servers/{id}/action os-migrateLive',
  ),
  row(
    '2.31',
    'Tokens of consoles of every type tell where to connect.',
    'GET /os-console-auth-tokens/{token}',
  ),
  row(
    '2.32',
    'Networks and disks of a new server may carry a tag.',
    'POST /servers',
    'POST /os-volumes_boot',
  ),
  row(
    '2.33',
    'Hypervisors are listed by pages; disks of a new server take no tag until 2.42.',
    'GET /os-hypervisors',
    'GET /os-hypervisors/detail',
    'POST /servers',
    'POST /os-volumes_boot',
  ),
  row(
    '2.34',
    'What a live migration checks first no longer refuses the request.',
    'POST /servers/{id}/action os-migrateLive',
  ),
  row('2.35', 'Key pairs are listed by pages, ordered by name.', 'GET /os-keypairs'),
  row(
    '2.36',
    'Images, volumes, networks and bare-metal nodes are left to their own services; limits and ' +
      'quotas of networks are not shown.',
    ...proxies().map((path) => `* ${path}/**`),
    'GET /limits',
    '* /os-quota-sets/**',
  ),
];

/** Only images' metadata stayed a while longer. */
function proxies(): string[] {
  const networks = ['networks', 'tenant-networks', 'fixed-ips', 'floating-ips'];
  const addresses = ['floating-ips-bulk', 'floating-ip-pools', 'floating-ip-dns', 'fping'];
  const groups = ['security-groups', 'security-group-rules', 'security-group-default-rules'];
  const others = ['volumes', 'snapshots', 'baremetal-nodes'];
  return ['/images', ...[networks, addresses, groups, others].flat().map((name) => `/os-${name}`)];
}
