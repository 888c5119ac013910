import { type HistoryRow, row } from './row.ts';

const shown = ['GET /servers/detail', 'GET /servers/{id}'];
const listed = ['GET /servers', 'GET /servers/detail'];
const created = ['POST /servers', 'POST /os-volumes_boot'];
const rebuilt = 'POST /servers/{id}/action rebuild';
const actionsRead = 'GET /servers/{id}/os-instance-actions';

/** 2.37 to 2.70. */
export const historyTo70: readonly HistoryRow[] = [
  row(
    '2.37',
    'A new server must say its networks, which may be `auto` or `none`, and which take no tag ' +
      'until 2.42.',
    ...created,
  ),
  row('2.38', 'Looking for servers by a status that does not exist is refused.', ...listed),
  row(
    '2.39',
    "Images' metadata is left to the image service, and its limit is not shown.",
    '* /images/{id}/metadata/**',
    'GET /limits',
    'POST /servers/{id}/action createImage',
    'POST /servers/{id}/action createBackup',
  ),
  row('2.40', 'Usage is read by pages.', 'GET /os-simple-tenant-usage/**'),
  row('2.41', 'Aggregates show a UUID.', '* /os-aggregates/**'),
  row('2.42', 'Networks and disks of a new server take tags again.', ...created),
  row('2.43', 'Hosts are left to hypervisors and services.', '* /os-hosts/**'),
  row(
    '2.44',
    'Fixed and floating addresses of servers are left to the network service.',
    'POST /servers/{id}/action addFixedIp',
    'POST /servers/{id}/action removeFixedIp',
    'POST /servers/{id}/action addFloatingIp',
    'POST /servers/{id}/action removeFloatingIp',
    'GET /servers/{id}/os-virtual-interfaces',
  ),
  row(
    '2.45',
    'The id of a new image is in the body rather than in a header.',
    'POST /servers/{id}/action createImage',
    'POST /servers/{id}/action createBackup',
  ),
  row('2.46', 'Answers name the request in X-OpenStack-Request-ID; here they do in all versions.'),
  row(
    '2.47',
    'A server shows what its flavor was when it was made, rather than a link.',
    ...shown,
    'PUT /servers/{id}',
    rebuilt,
  ),
  row('2.48', 'Diagnostics have one shape for all hypervisors.', 'GET /servers/{id}/diagnostics'),
  row(
    '2.49',
    'Interfaces and volumes may be attached with a tag.',
    'POST /servers/{id}/os-interface',
    'POST /servers/{id}/os-volume_attachments',
  ),
  row(
    '2.50',
    'Quota classes show server groups, and nothing of networks.',
    '* /os-quota-class-sets/{id}',
  ),
  row(
    '2.51',
    'Owners see the events of an action; an event tells that a volume has grown.',
    `${actionsRead}/{id}`,
    'POST /os-server-external-events',
  ),
  row('2.52', 'Tags may be given to a new server.', ...created),
  row(
    '2.53',
    'Services and hypervisors are known by UUID; services are changed by one request, and ' +
      'hypervisors are searched by query.',
    '* /os-services/**',
    '* /os-hypervisors/**',
  ),
  row('2.54', 'The key pair may be changed with a rebuild.', rebuilt),
  row(
    '2.55',
    'Flavors have a description, which is the one thing that can be changed.',
    'GET /flavors',
    'GET /flavors/detail',
    'GET /flavors/{id}',
    'POST /flavors',
    'PUT /flavors/{id}',
  ),
  row('2.56', 'A host may be named for a migration.', 'POST /servers/{id}/action migrate'),
  row(
    '2.57',
    'No files are written into new servers any more, and nothing counts them; a rebuild takes ' +
      'user data.',
    ...created,
    rebuilt,
    'GET /limits',
    '* /os-quota-sets/**',
    '* /os-quota-class-sets/{id}',
  ),
  row('2.58', 'Actions are listed by pages and since a time.', `${actionsRead}/**`),
  row(
    '2.59',
    'Migrations have a UUID, and are listed by pages and since a time.',
    'GET /os-migrations',
    'GET /servers/{id}/migrations/**',
  ),
  row(
    '2.60',
    'A volume that allows it is attached to several servers.',
    'POST /servers/{id}/os-volume_attachments',
    ...created,
  ),
  row(
    '2.61',
    'Flavors show their extra specs.',
    'GET /flavors/detail',
    'GET /flavors/{id}',
    'POST /flavors',
    'PUT /flavors/{id}',
  ),
  row('2.62', 'Events of actions tell the host.', `${actionsRead}/{id}`),
  row(
    '2.63',
    'Certificates that an image must be signed with.',
    ...created,
    ...shown,
    'PUT /servers/{id}',
    rebuilt,
  ),
  row(
    '2.64',
    'A server group has one policy, with rules, in place of a list.',
    'POST /os-server-groups',
    'GET /os-server-groups/**',
  ),
  row(
    '2.65',
    'A live migration can be cancelled before it runs.',
    'DELETE /servers/{id}/migrations/{id}',
  ),
  row(
    '2.66',
    'Servers, actions and migrations are found by changes before a time.',
    ...listed,
    actionsRead,
    'GET /os-migrations',
  ),
  row('2.67', 'The type of a volume that is made for a new server.', ...created),
  row(
    '2.68',
    'Evacuations and live migrations cannot be forced any more.',
    'POST /servers/{id}/action evacuate',
    'POST /servers/{id}/action os-migrateLive',
  ),
  row(
    '2.69',
    'Where a cell does not answer, what is known is shown; there are no cells here.',
    ...listed,
    'GET /servers/{id}',
    'GET /os-services',
  ),
  row(
    '2.70',
    'Attached interfaces and volumes show their tag.',
    '* /servers/{id}/os-interface/**',
    '* /servers/{id}/os-volume_attachments/**',
  ),
];
