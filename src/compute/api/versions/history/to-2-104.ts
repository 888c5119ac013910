import { everything, type HistoryRow, row } from './row.ts';

const shown = ['GET /servers/detail', 'GET /servers/{id}'];
const listed = ['GET /servers', 'GET /servers/detail'];
const created = ['POST /servers', 'POST /os-volumes_boot'];
const changed = ['PUT /servers/{id}', 'POST /servers/{id}/action rebuild'];
const unshelved = 'POST /servers/{id}/action unshelve';
const volumes = '/servers/{id}/os-volume_attachments';
const events = 'POST /os-server-external-events';

/** 2.71 to 2.104. */
export const historyTo104: readonly HistoryRow[] = [
  row('2.71', 'A server shows its groups.', 'GET /servers/{id}', ...changed),
  row('2.72', 'New servers may use ports that ask for resources.', ...created),
  row(
    '2.73',
    'A lock may have a reason; servers are found and sorted by being locked.',
    'POST /servers/{id}/action lock',
    ...listed,
    'GET /servers/{id}',
    ...changed,
  ),
  row('2.74', 'Administrators name host and node of a new server.', ...created),
  row(
    '2.75',
    'Answers of one resource agree: a changed server shows all that one that is read does, no ' +
      'swap is 0; parameters of a query that are not known are refused.',
    ...changed,
    ...shown,
    'GET /servers',
    '* /flavors/**',
    '* /os-keypairs/**',
    '* /os-quota-sets/**',
    '* /os-services/**',
    '* /os-hypervisors/**',
    '* /os-aggregates/**',
    '* /os-server-groups/**',
    '* /os-simple-tenant-usage/**',
    'DELETE /os-assisted-volume-snapshots/{id}',
    'GET /limits',
    'GET /servers/{id}/os-interface',
    `GET ${volumes}/**`,
    '* /servers/{id}/tags/**',
  ),
  row('2.76', 'An event tells that the power of a server changed.', events),
  row('2.77', 'A zone may be named for a server that is unshelved.', unshelved),
  row('2.78', 'NUMA topology can be read.', 'GET /servers/{id}/topology'),
  row(
    '2.79',
    'Attached volumes say whether they go with the server.',
    `POST ${volumes}`,
    `GET ${volumes}/**`,
  ),
  row(
    '2.80',
    'Migrations show project and user, and are found by them.',
    'GET /os-migrations',
    'GET /servers/{id}/migrations/**',
  ),
  row(
    '2.81',
    'Images are fetched to the hosts of an aggregate beforehand.',
    'POST /os-aggregates/{id}/images',
  ),
  row('2.82', 'An event tells that an accelerator is bound.', events),
  row('2.83', 'Everyone may look for servers by more of what they show.', ...listed),
  row('2.84', 'Events of actions tell what failed.', 'GET /servers/{id}/os-instance-actions/{id}'),
  row('2.85', 'Whether a volume goes with its server can be changed.', `PUT ${volumes}/{id}`),
  row(
    '2.86',
    'Extra specs that are known are validated.',
    'POST /flavors/{id}/os-extra_specs',
    'PUT /flavors/{id}/os-extra_specs/{key}',
  ),
  row('2.87', 'Servers that run from a volume can be rescued.', 'POST /servers/{id}/action rescue'),
  row(
    '2.88',
    'Hypervisors tell their uptime, and leave out figures that placement keeps.',
    'GET /os-hypervisors/**',
  ),
  row(
    '2.89',
    'Attached volumes name attachment and device, and have no id of their own.',
    `* ${volumes}/**`,
  ),
  row(
    '2.90',
    'The host name may be chosen, and everyone sees it.',
    ...created,
    ...shown,
    ...changed,
  ),
  row('2.91', 'A host may be named for a server that is unshelved, or its zone freed.', unshelved),
  row('2.92', 'Key pairs are only imported, and names may have `@` and `.`.', 'POST /os-keypairs'),
  row(
    '2.93',
    'Servers that run from a volume can be rebuilt; an event tells that a volume was written.',
    'POST /servers/{id}/action rebuild',
    events,
  ),
  row('2.94', 'A host name may have a domain.', ...created, ...changed),
  row(
    '2.95',
    'An evacuated server stays stopped where it arrives.',
    'POST /servers/{id}/action evacuate',
  ),
  row('2.96', 'A server shows the zone that it was asked into.', ...shown, ...changed),
  row('2.97', 'Shares are attached to servers.', '* /servers/{id}/shares/**', events),
  row('2.98', 'A server shows the properties of its image.', ...shown, ...changed),
  row(
    '2.99',
    'Consoles of type spice-direct; their tokens tell the port with TLS.',
    'POST /servers/{id}/remote-consoles',
    'GET /os-console-auth-tokens/{token}',
  ),
  row('2.100', 'A server shows the scheduler hints that it was made with.', ...shown, ...changed),
  row(
    '2.101',
    'Attaching a volume answers 202 with nothing, and happens afterwards.',
    `POST ${volumes}`,
  ),
  row(
    '2.102',
    'Flavors lose rxtx_factor and OS-FLV-DISABLED:disabled; parameters of a query that are not ' +
      'known are refused.',
    everything,
  ),
  row('2.103', 'Accepted, and the same as 2.102: no public description of this version was found.'),
  row(
    '2.104',
    'The zone that a server was asked into can be taken back with null.',
    'PUT /servers/{id}',
  ),
];
