import type { Client } from '#test/client.ts';
import type { TestCloud } from '#test/cloud.ts';
import { flavorId, makeImage, makeServer, networkId } from '#test/servers.ts';

/** What stands in the paths of the reference's examples. */
export interface Scene {
  demo: Client;
  admin: Client;
  server: string;
  network: string;
  group: string;
  defaultGroup: string;
  port: string;
  image: string;
  flavor: string;
  /** A port that is on no server. */
  freePort: string;
}

export async function makeScene(cloud: TestCloud): Promise<Scene> {
  const { demo, admin } = cloud;
  const server = await makeServer(cloud, { metadata: { wj: 'True' } });
  const wanted = { security_group: { name: 'scene', description: 'of the examples' } };
  const group = await demo.post('/v2.1/os-security-groups', wanted);
  const groups = await demo.get('/v2.1/os-security-groups');
  const isDefault = ({ name }: { name: string }) => name === 'default';
  const cards = await demo.get(`/v2.1/servers/${server}/os-interface`);
  const network = await networkId(demo);
  const free = await demo.post('/network/v2.0/ports', { port: { network_id: network } });
  await demo.post('/v2.1/os-keypairs', { keypair: { name: 'test' } });
  return {
    demo,
    admin,
    server,
    network,
    image: await makeImage(demo),
    flavor: await flavorId(demo),
    freePort: free.body.port.id,
    group: group.body.security_group.id,
    defaultGroup: groups.body.security_groups.find(isDefault).id,
    port: cards.body.interfaceAttachments[0].port_id,
  };
}

/** One row of a chapter: what is sent, and what the reference says comes back. */
export interface Row {
  says: string;
  send: string;
  body?: object;
  status: number;
  /** Members that the answer has, below the name around them; no more and no fewer. */
  members?: string;
  /** The answer whole. */
  answer?: object;
  /** Whose request it is; a member's where absent. */
  by?: 'admin';
  /** `os:scheduler_hints` of the body. */
  hints?: object;
}

const unknown = '5bbcc3c4-1da2-4437-a48a-66f15b1b13f9';

export const serverGroups: Row[] = [
  {
    says: '8.1 the example',
    send: 'POST os-server-groups',
    body: { server_group: { name: 'test', policies: ['anti-affinity'] } },
    status: 200,
    members: 'server_group: id name policies members metadata project_id',
  },
  {
    says: '8.1 a name of 255 characters',
    send: 'POST os-server-groups',
    body: { server_group: { name: 'x'.repeat(255), policies: ['affinity'] } },
    status: 200,
  },
  ...['', 'x'.repeat(256)].map((name) => ({
    says: `8.1 a name of ${name.length} characters`,
    send: 'POST os-server-groups',
    body: { server_group: { name, policies: ['anti-affinity'] } },
    status: 400,
  })),
  {
    says: '8.2 a list of all projects, by whoever',
    send: 'GET os-server-groups?all_projects=True',
    status: 200,
    members: 'server_groups[]: id name policies members metadata project_id',
  },
  { says: '8.2 at most 1000', send: 'GET os-server-groups?limit=1001', status: 403 },
  { says: '8.3 none', send: `GET os-server-groups/${unknown}`, status: 404 },
  { says: '8.4 none', send: `DELETE os-server-groups/${unknown}`, status: 404 },
];

const metadata = { metadata: { key1: 'value1', key2: 'value2' } };
const item = { meta: { key1: 'value1' } };

export const serverParts: Row[] = [
  {
    says: '9.1 by network',
    send: 'GET servers/SERVER/ips',
    status: 200,
    members: 'addresses.private[]: version addr',
  },
  {
    says: '9.2 of one network, in the same form',
    send: 'GET servers/SERVER/ips/private',
    status: 200,
    members: 'addresses.private[]: version addr',
  },
  { says: '9.2 of another', send: 'GET servers/SERVER/ips/none', status: 404 },
  { says: '9.1 no server', send: `GET servers/${unknown}/ips`, status: 404 },
  {
    says: '10.1 the example',
    send: 'GET servers/SERVER/metadata',
    status: 200,
    answer: { metadata: { wj: 'True' } },
  },
  {
    says: '10.3 adds to it',
    send: 'POST servers/SERVER/metadata',
    body: metadata,
    status: 200,
    answer: { metadata: { wj: 'True', ...metadata.metadata } },
  },
  {
    says: '10.2 replaces it',
    send: 'PUT servers/SERVER/metadata',
    body: metadata,
    status: 200,
    answer: metadata,
  },
  { says: '10.4', send: 'GET servers/SERVER/metadata/key1', status: 200, answer: item },
  {
    says: '10.5 the example',
    send: 'PUT servers/SERVER/metadata/key1',
    body: item,
    status: 200,
    answer: item,
  },
  {
    says: '10.5 another key than in the address',
    send: 'PUT servers/SERVER/metadata/key2',
    body: item,
    status: 400,
  },
  {
    says: '10.5 two keys',
    send: 'PUT servers/SERVER/metadata/key1',
    body: { meta: metadata.metadata },
    status: 400,
  },
  { says: '10.6', send: 'DELETE servers/SERVER/metadata/key1', status: 204 },
  { says: '10.6 again', send: 'DELETE servers/SERVER/metadata/key1', status: 404 },
  { says: '10.1 no server', send: `GET servers/${unknown}/metadata`, status: 404 },
  {
    says: '11.1',
    send: 'GET servers/SERVER/os-instance-actions',
    status: 200,
    members:
      'instanceActions[]: action instance_uuid message project_id request_id start_time user_id',
  },
  { says: '11.2 none', send: 'GET servers/SERVER/os-instance-actions/req-1', status: 404 },
  { says: '11.1 no server', send: `GET servers/${unknown}/os-instance-actions`, status: 404 },
  {
    says: '13.1 by network',
    send: 'POST servers/SERVER/os-interface',
    body: { interfaceAttachment: { net_id: 'NETWORK' } },
    status: 200,
    members: 'interfaceAttachment: port_state fixed_ips port_id net_id mac_addr',
  },
  {
    says: '13.1 an address without its network',
    send: 'POST servers/SERVER/os-interface',
    body: { interfaceAttachment: { fixed_ips: [{ ip_address: '10.42.0.9' }] } },
    status: 400,
  },
  {
    says: '13.1 network and port at once',
    send: 'POST servers/SERVER/os-interface',
    body: { interfaceAttachment: { net_id: 'NETWORK', port_id: unknown } },
    status: 400,
  },
  {
    says: '13.3',
    send: 'GET servers/SERVER/os-interface',
    status: 200,
    members: 'interfaceAttachments[]: port_state fixed_ips port_id net_id mac_addr',
  },
  {
    says: '13.2 the first card goes last',
    send: 'DELETE servers/SERVER/os-interface/PORT',
    status: 409,
  },
  {
    says: '13.4',
    send: 'GET servers/SERVER/os-interface/PORT',
    status: 200,
    members: 'interfaceAttachment: port_state fixed_ips port_id net_id mac_addr',
  },
  {
    says: '17.1 nothing yet',
    send: 'GET servers/SERVER/os-server-password',
    status: 200,
    answer: { password: '' },
  },
  { says: '17.2', send: 'DELETE servers/SERVER/os-server-password', status: 204 },
];
