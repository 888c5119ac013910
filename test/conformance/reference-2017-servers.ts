import type { Row } from './reference-2017.ts';

const unknown = '3b8d6fef-af77-42ab-b8b7-5a7f0f0af8f2';

/** Tables 4-1, 4.3 and what only the examples of 4.5 and 4.6 show. */
const shown =
  'status updated hostId OS-EXT-SRV-ATTR:host addresses links key_name image ' +
  'OS-EXT-STS:task_state OS-EXT-STS:vm_state OS-EXT-SRV-ATTR:instance_name ' +
  'OS-EXT-SRV-ATTR:hypervisor_hostname flavor id security_groups ' +
  'OS-EXT-AZ:availability_zone user_id name created tenant_id OS-DCF:diskConfig accessIPv4 ' +
  'accessIPv6 progress OS-EXT-STS:power_state config_drive metadata OS-SRV-USG:launched_at ' +
  'OS-SRV-USG:terminated_at os-extended-volumes:volumes_attached group tags ' +
  'OS-EXT-SRV-ATTR:root_device_name OS-EXT-SERVICE:service_state';

function create(says: string, change: object, status: number, more: Partial<Row> = {}): Row {
  const server = {
    name: 'wjvm48',
    imageRef: 'IMAGE',
    flavorRef: 'FLAVOR',
    networks: [{ uuid: 'NETWORK' }],
    ...change,
  };
  return { says: `4.2 ${says}`, send: 'POST servers', body: { server }, status, ...more };
}

export const pages: Row[] = [
  create('two more', { max_count: 2, min_count: 2 }, 202),
  {
    says: '3.1 the next page',
    send: 'GET servers?limit=1',
    status: 200,
    members: ': servers servers_links',
  },
  {
    says: '3.1 a marker',
    send: 'GET servers?marker=SERVER&limit=2',
    status: 200,
    members: ': servers',
  },
  ...['servers', 'servers/detail', 'flavors', 'flavors/detail', 'images', 'images/detail'].flatMap(
    (list) => [
      { says: '3.1 the largest page', send: `GET ${list}?limit=1000`, status: 200 },
      { says: '3.1 more than it', send: `GET ${list}?limit=1001`, status: 403 },
      { says: '3.1 a marker of nothing', send: `GET ${list}?marker=${unknown}`, status: 400 },
      { says: '3.1 no number', send: `GET ${list}?limit=many`, status: 400 },
    ],
  ),
  { says: '3.2 no token of the project', send: 'GET ../OTHER/servers', status: 400 },
  { says: '3.2 no such method', send: 'PATCH servers', body: {}, status: 405 },
  { says: '3.2 no such path', send: 'GET nothing', status: 404 },
];

const created = 'server: adminPass id links security_groups OS-DCF:diskConfig';
const text = Buffer.from('A cloud does not know why it moves in just such a direction');
const contents = text.toString('base64');

export const creation: Row[] = [
  create(
    'the example, but for its volume',
    {
      metadata: { name: 'name_xx1', id: 'id_xx1' },
      personality: [{ contents, path: '/etc/banner.txt' }],
      adminPass: 'name_xx1',
      security_groups: [{ name: 'scene' }],
      networks: [{ uuid: 'NETWORK', port: 'FREE', fixed_ip: '10.20.30.137' }],
      key_name: 'test',
      user_data: contents,
      availability_zone: 'nova',
    },
    202,
    { members: created },
  ),
  create('names of one character', { name: 'x' }, 202, { members: created }),
  create('names of 255', { name: 'x'.repeat(255) }, 202),
  create('names of none', { name: '' }, 400),
  create('names of 256', { name: 'x'.repeat(256) }, 400),
  create('the image by its address', { imageRef: 'http://glance.example/images/IMAGE' }, 202),
  create('the flavor by its address', { flavorRef: 'http://nova.example/flavors/FLAVOR' }, 202),
  create('an image that is not there (4-9)', { imageRef: unknown }, 404),
  create('a flavor that is not there', { flavorRef: unknown }, 400),
  create('metadata without a value', { metadata: { key: '' } }, 202),
  create('metadata of 255', { metadata: { ['k'.repeat(255)]: 'v'.repeat(255) } }, 202),
  create('metadata without a key', { metadata: { '': 'value' } }, 400),
  create('metadata of 256 in the key', { metadata: { ['k'.repeat(256)]: '' } }, 400),
  create('metadata of 256 in the value', { metadata: { key: 'v'.repeat(256) } }, 400),
  create('a file without contents', { personality: [{ path: '/etc/foo.txt' }] }, 400),
  create('a file in no base64', { personality: [{ path: '/a', contents: '!' }] }, 400),
  create('user data in no base64', { user_data: 'a cloud' }, 400),
  create('user data over its size', { user_data: 'QUFB'.repeat(16_384) }, 400),
  create('a security group that is not there', { security_groups: [{ name: unknown }] }, 400),
  create('a security group by its id', { security_groups: [{ name: 'GROUP' }] }, 202),
  create('an address without its network', { networks: [{ fixed_ip: '10.42.0.9' }] }, 400),
  create('neither network nor port', { networks: [{}] }, 400),
  create('a network twice', { networks: [{ uuid: 'NETWORK' }, { uuid: 'NETWORK' }] }, 400),
  create('a key that is not there', { key_name: 'none' }, 400),
  create('a host by a member', { availability_zone: 'nova:one' }, 403),
  create('a node by a member', { availability_zone: 'nova::one' }, 403),
  create('a zone that is not there', { availability_zone: 'az9.dcl' }, 400),
  create('more parts than three', { availability_zone: 'a:b:c:d' }, 400),
  create('counts in their order', { min_count: 1, max_count: '2' }, 202, { members: created }),
  create('counts out of order', { min_count: 3, max_count: 2 }, 400),
  create('the reservation', { return_reservation_id: true }, 202, { members: ': reservation_id' }),
  create('a disk in a way of its own', { 'OS-DCF:diskConfig': 'BOTH' }, 400),
  create('what it does not know', { colour: 'blue' }, 202),
  { ...create('by the alias', {}, 202, { members: created }), send: 'POST os-volumes_boot' },
  create('a group that is none', {}, 400, { hints: { group: 'none' } }),
  create('the shared pool', {}, 202, { hints: { tenancy: 'shared' } }),
  create('a tenancy of its own', {}, 400, { hints: { tenancy: 'mine' } }),
];

export const servers: Row[] = [
  { says: '4.3', send: 'GET servers/SERVER', status: 200, members: `server: ${shown}` },
  {
    says: '4.3 an address',
    send: 'GET servers/SERVER',
    status: 200,
    members: 'server.addresses.private[]: version addr OS-EXT-IPS:type OS-EXT-IPS-MAC:mac_addr',
  },
  {
    says: '4.3 the image',
    send: 'GET servers/SERVER',
    status: 200,
    members: 'server.image: id links',
  },
  {
    says: '4.3 the flavor',
    send: 'GET servers/SERVER',
    status: 200,
    members: 'server.flavor: id links',
  },
  {
    says: '4.3 none',
    send: `GET servers/${unknown}`,
    status: 404,
    members: 'itemNotFound: code message',
  },
  { says: '4.4', send: 'GET servers', status: 200, members: 'servers[]: id links name' },
  {
    says: '4.4 the example',
    send: 'GET servers?flavor="FLAVOR"&status="active"',
    status: 200,
    members: 'servers[]: id links name',
  },
  {
    says: '4.4 an image goes before all else',
    send: 'GET servers?image=none&limit=1&name=one',
    status: 200,
    answer: { servers: [] },
  },
  ...['name=ne', 'ip=10.', 'availability_zone=nov', 'changes-since=2013-06-09T06:42:18Z'].map(
    (filter) => ({
      says: `4.4 ${filter}`,
      send: `GET servers?${filter}`,
      status: 200,
      members: 'servers[]: id links name',
    }),
  ),
  ...['name=two', 'ip=192.', 'availability_zone=az1', 'status=ERROR', 'flavor=none'].map(
    (filter) => ({
      says: `4.4 ${filter}`,
      send: `GET servers?${filter}`,
      status: 200,
      answer: { servers: [] },
    }),
  ),
  { says: '4.4 a time that is none', send: 'GET servers?changes-since=today', status: 400 },
  { says: '4-18', send: 'GET servers?status=deleted', status: 403 },
  { says: '4-18 for administrators', send: 'GET servers?status=deleted', status: 200, by: 'admin' },
  { says: '4.4 of all, by a member', send: 'GET servers?all_tenants=1', status: 403 },
  { says: '4.4 not of all', send: 'GET servers?all_tenants=0', status: 200 },
  {
    says: '4.4 of all',
    send: 'GET servers?all_tenants=1',
    status: 200,
    members: 'servers[]: id links name',
    by: 'admin',
  },
  { says: '4.5', send: 'GET servers/detail', status: 200, members: `servers[]: ${shown}` },
  {
    says: '4.6',
    send: 'PUT servers/SERVER',
    body: { server: { name: 'update-server-test' } },
    status: 200,
    members: `server: ${shown}`,
  },
  ...['', 'x'.repeat(256)].map((name) => ({
    says: `4.6 a name of ${name.length}`,
    send: 'PUT servers/SERVER',
    body: { server: { name } },
    status: 400,
  })),
  {
    says: '4.6 none',
    send: `PUT servers/${unknown}`,
    body: { server: { name: 'x' } },
    status: 404,
  },
  { says: '4.7', send: 'DELETE servers/SERVER', status: 204 },
  { says: '4.7 none', send: `DELETE servers/${unknown}`, status: 404 },
];
