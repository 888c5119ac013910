import type { ResourceType } from '#policy/resource-types.ts';
import type { Client } from '#test/client.ts';
import type { TestCloud } from '#test/cloud.ts';
import { networkId } from '#test/servers.ts';

/** Two things of one type, which project `demo` sees, and where they are read. */
export interface Place {
  type: ResourceType;
  /** The action that reading one takes. */
  get: string;
  ids: Pair;
  paths: readonly string[];
}

type Pair = readonly [string, string];

const v2 = '/network/v2.0';

function place(type: ResourceType, get: string, ids: Pair, ...paths: string[]): Place {
  return { type, get, ids, paths };
}

/** Makes what is not there yet. Key pairs are only named: everybody has their own. */
export async function placesOf({ demo }: TestCloud): Promise<Place[]> {
  return [...(await networkPlaces(demo)), ...(await computePlaces(demo))];
}

async function two(
  client: Client,
  path: string,
  name: string,
  value: (n: number) => object,
): Promise<Pair> {
  const make = async (n: number): Promise<string> => {
    const body = name === '' ? value(n) : { [name]: value(n) };
    const answer = await client.post(path, body);
    if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return (answer.body[name] ?? answer.body).id;
  };
  return [await make(1), await make(2)];
}

async function networkPlaces(demo: Client): Promise<Place[]> {
  const networks = await two(demo, `${v2}/networks`, 'network', (n) => ({ name: `net ${n}` }));
  const [network_id] = networks;
  const subnets = await two(demo, `${v2}/subnets`, 'subnet', (n) => {
    return { network_id, ip_version: 4, cidr: `10.${n}.0.0/24` };
  });
  const ports = await two(demo, `${v2}/ports`, 'port', () => ({ network_id }));
  const routers = await two(demo, `${v2}/routers`, 'router', (n) => ({ name: `router ${n}` }));
  const named = (n: number) => ({ name: `group ${n}` });
  const groups = await two(demo, `${v2}/security-groups`, 'security_group', named);
  const [security_group_id] = groups;
  const rules = await two(demo, `${v2}/security-group-rules`, 'security_group_rule', (n) => {
    const ports = { port_range_min: n, port_range_max: n };
    return { security_group_id, direction: 'ingress', protocol: 'tcp', ...ports };
  });
  const { networks: outer } = (await demo.get(`${v2}/networks?router:external=true`)).body;
  const lent = { floating_network_id: outer[0].id };
  const floating = await two(demo, `${v2}/floatingips`, 'floatingip', () => lent);
  const old = ['/v2.1/os-networks', '/v2.1/os-tenant-networks', '/v2/os-networks'];
  const [oldGroups, oldFloating] = ['/v2.1/os-security-groups', '/v2.1/os-floating-ips'];
  const ruleType = 'securityGroupRule';
  return [
    place('network', 'vpc:networks:get', networks, `${v2}/networks`),
    place('network', 'ecs:networks:get', [network_id, await networkId(demo)], ...old),
    place('subnet', 'vpc:subnets:get', subnets, `${v2}/subnets`),
    place('port', 'vpc:ports:get', ports, `${v2}/ports`),
    place('router', 'vpc:routers:get', routers, `${v2}/routers`),
    place('securityGroup', 'vpc:securityGroups:get', groups, `${v2}/security-groups`, oldGroups),
    place(ruleType, 'vpc:securityGroupRules:get', rules, `${v2}/security-group-rules`),
    place('floatingIp', 'vpc:floatingIps:get', floating, `${v2}/floatingips`, oldFloating),
  ];
}

async function computePlaces(demo: Client): Promise<Place[]> {
  const image = { disk_format: 'raw', container_format: 'bare' };
  const images = await two(demo, '/image/v2/images', '', () => image);
  const groups = await two(demo, '/v2.1/os-server-groups', 'server_group', (n) => ({
    name: `together ${n}`,
    policies: ['affinity'],
  }));
  const [one, other] = (await demo.get('/v2.1/flavors')).body.flavors;
  const keys = ['one-key', 'other-key'] as const;
  return [
    place('image', 'ims:images:get', images, '/image/v2/images', '/v2.1/images'),
    place('flavor', 'ecs:flavors:get', [one.id, other.id], '/v2.1/flavors'),
    place('keypair', 'ecs:serverKeypairs:get', keys, '/v2.1/os-keypairs'),
    place('serverGroup', 'ecs:serverGroups:get', groups, '/v2.1/os-server-groups'),
  ];
}
