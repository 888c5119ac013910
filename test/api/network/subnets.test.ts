import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import {
  assertEndpointsRefuse,
  assertRefused,
  make,
  makeNetwork,
  makePort,
  missingId,
  root,
} from './requests.ts';

const list = `${root}/subnets`;

describe('subnets', () => {
  let cloud: TestCloud;
  before(async () => {
    cloud = await startTestCloud();
  });
  after(() => cloud[Symbol.asyncDispose]());

  test('gateway and pool come from the block when nobody says otherwise', async () => {
    const { subnet } = await makeNetwork(cloud.demo, '10.5.0.0/24');
    assert.equal(subnet.gateway_ip, '10.5.0.1');
    assert.deepEqual(subnet.allocation_pools, [{ start: '10.5.0.2', end: '10.5.0.254' }]);
    assert.equal(subnet.enable_dhcp, true);
    assert.equal(subnet.subnetpool_id, null);
    assert.deepEqual((await cloud.demo.get(`${list}/${subnet.id}`)).body, { subnet });
  });

  test('a gateway in the middle parts the pool, and none leaves it whole', async () => {
    const parted = await makeNetwork(cloud.demo, '10.5.0.0/29', { gateway_ip: '10.5.0.3' });
    assert.deepEqual(parted.subnet.allocation_pools, [
      { start: '10.5.0.1', end: '10.5.0.2' },
      { start: '10.5.0.4', end: '10.5.0.6' },
    ]);
    const whole = await makeNetwork(cloud.demo, '10.5.0.0/29', { gateway_ip: null });
    assert.equal(whole.subnet.gateway_ip, null);
    assert.deepEqual(whole.subnet.allocation_pools, [{ start: '10.5.0.1', end: '10.5.0.6' }]);
  });

  test('IPv6 is kept in canonical form, and SLAAC makes addresses of MACs', async () => {
    const modes = { ipv6_ra_mode: 'slaac', ipv6_address_mode: 'slaac' };
    const six = { ip_version: 6, ...modes };
    const { network, subnet } = await makeNetwork(cloud.demo, '2001:DB8:0:0::/64', six);
    assert.equal(subnet.cidr, '2001:db8::/64');
    assert.equal(subnet.gateway_ip, '2001:db8::1');
    const port = await makePort(cloud.demo, {
      network_id: network.id,
      mac_address: 'fa:16:3e:00:00:01',
    });
    assert.equal(port.fixed_ips[0].ip_address, '2001:db8::f816:3eff:fe00:1');
  });

  test('what is no block, or not one for this network, is refused', async () => {
    const { network } = await makeNetwork(cloud.demo, '10.5.0.0/24');
    const refusals: [object, string][] = [
      [{ cidr: '10.6.0.1/24' }, 'HTTPBadRequest'],
      [{ cidr: '10.6.0.0' }, 'HTTPBadRequest'],
      [{ cidr: '10.6.0.0/33' }, 'HTTPBadRequest'],
      [{ cidr: 'x' }, 'HTTPBadRequest'],
      [{ cidr: null }, 'BadRequest'],
      [{ cidr: '0.0.0.0/0', enable_dhcp: false }, 'InvalidInput'],
      [{ cidr: '10.5.0.128/25' }, 'InvalidInput'],
      [{ cidr: '10.0.0.0/8' }, 'InvalidInput'],
      [{ cidr: 'fd00::/64' }, 'InvalidInput'],
      [{ cidr: '10.6.0.0/31' }, 'InvalidInput'],
      [{ cidr: '224.0.0.0/24' }, 'InvalidInput'],
      [{ cidr: '10.6.0.0/24', gateway_ip: '10.7.0.1' }, 'InvalidInput'],
      [{ cidr: '10.6.0.0/24', gateway_ip: '10.6.0.255' }, 'InvalidInput'],
      [{ cidr: '10.6.0.0/24', gateway_ip: 'x' }, 'HTTPBadRequest'],
      [{ cidr: '10.6.0.0/24', dns_nameservers: ['x'] }, 'HTTPBadRequest'],
      [{ cidr: '10.6.0.0/24', dns_nameservers: ['1.1.1.1', '1.1.1.1'] }, 'HTTPBadRequest'],
      [{ cidr: '10.6.0.0/24', ipv6_ra_mode: 'slaac' }, 'InvalidInput'],
      [{ cidr: '10.6.0.0/24', ip_version: 5 }, 'HTTPBadRequest'],
    ];
    for (const [attributes, type] of refusals) {
      const subnet = { network_id: network.id, ip_version: 4, ...attributes };
      assertRefused(await cloud.demo.post(list, { subnet }), 400, type);
    }
    const lost = { network_id: missingId, ip_version: 4, cidr: '10.6.0.0/24' };
    assertRefused(await cloud.demo.post(list, { subnet: lost }), 404, 'NetworkNotFound');
  });

  test('pools that leave the block, overlap or hold the gateway are refused', async () => {
    const network = await make(cloud.demo, 'networks', 'network', {});
    const refusals: [string[][], number, string][] = [
      [[['10.5.0.2', '10.5.1.9']], 400, 'OutOfBoundsAllocationPool'],
      [[['10.5.0.9', '10.5.0.2']], 400, 'InvalidAllocationPool'],
      [[['x', '10.5.0.2']], 400, 'InvalidAllocationPool'],
      [[['10.5.0.1', '10.5.0.9']], 409, 'GatewayConflictWithAllocationPools'],
      [
        [
          ['10.5.0.2', '10.5.0.9'],
          ['10.5.0.9', '10.5.0.20'],
        ],
        409,
        'OverlappingAllocationPools',
      ],
    ];
    for (const [ranges, status, type] of refusals) {
      const allocation_pools = ranges.map(([start, end]) => ({ start, end }));
      const wanted = { network_id: network.id, ip_version: 4, cidr: '10.5.0.0/24' };
      const subnet = { ...wanted, allocation_pools };
      assertRefused(await cloud.demo.post(list, { subnet }), status, type);
    }
  });

  test('DHCP comes and goes with the subnets that want it', async () => {
    const { network, subnet } = await makeNetwork(cloud.demo, '10.5.0.0/24');
    const dhcp = async () =>
      (await cloud.demo.get(`${root}/ports?network_id=${network.id}`)).body.ports;
    const [port] = await dhcp();
    assert.equal(port.device_owner, 'network:dhcp');
    assert.equal(port.fixed_ips[0].ip_address, '10.5.0.2');
    assertRefused(await cloud.demo.delete(`${root}/ports/${port.id}`), 409, 'ServicePortInUse');
    const path = `${list}/${subnet.id}`;
    assert.equal((await cloud.demo.put(path, { subnet: { enable_dhcp: false } })).status, 200);
    assert.deepEqual(await dhcp(), []);
    await cloud.demo.put(path, { subnet: { enable_dhcp: true } });
    assert.equal((await dhcp()).length, 1);
    await cloud.cloud.services.networks.converged();
    const spec = cloud.hosts.network.networks.get(network.id);
    assert.equal(spec?.subnets[0]?.dhcpAddress, '10.5.0.2');
    assert.equal((await cloud.demo.delete(path)).status, 204);
    assert.deepEqual(await dhcp(), []);
  });

  test('an update changes names, servers, routes and pools, but never the block', async () => {
    const { subnet } = await makeNetwork(cloud.demo, '10.5.0.0/24');
    const change = {
      name: 'renamed',
      dns_nameservers: ['192.0.2.1'],
      host_routes: [{ destination: '192.0.2.0/24', nexthop: '10.5.0.9' }],
      allocation_pools: [{ start: '10.5.0.10', end: '10.5.0.20' }],
      gateway_ip: null,
    };
    const path = `${list}/${subnet.id}`;
    const { body } = await cloud.demo.put(path, { subnet: change });
    for (const [name, value] of Object.entries(change)) assert.deepEqual(body.subnet[name], value);
    const moved = { subnet: { cidr: '10.6.0.0/24' } };
    assertRefused(await cloud.demo.put(path, moved), 400, 'HTTPBadRequest');
  });

  test('one from which ports have addresses stays', async () => {
    const { network, subnet } = await makeNetwork(cloud.demo, '10.5.0.0/24');
    const port = await makePort(cloud.demo, { network_id: network.id });
    assertRefused(await cloud.demo.delete(`${list}/${subnet.id}`), 409, 'SubnetInUse');
    await cloud.demo.delete(`${root}/ports/${port.id}`);
    assert.equal((await cloud.demo.delete(`${list}/${subnet.id}`)).status, 204);
  });

  test('nobody else puts subnets on a shared network', async () => {
    const stranger = await cloud.userOf('elsewhere', 'member');
    const { body } = await stranger.get(`${root}/networks?name=private`);
    const wanted = { network_id: body.networks[0].id, ip_version: 4, cidr: '10.6.0.0/24' };
    const answer = await stranger.post(list, { subnet: wanted });
    assertRefused(answer, 403, 'PolicyNotAuthorized');
    assert.equal((await stranger.get(`${list}/${body.networks[0].subnets[0]}`)).status, 200);
  });

  test('what every endpoint refuses', async () => {
    const { network, subnet } = await makeNetwork(cloud.demo, '10.5.0.0/24');
    const body = { network_id: network.id, ip_version: 4, cidr: '10.6.0.0/24' };
    const resource = { collection: 'subnets', name: 'subnet', id: subnet.id };
    await assertEndpointsRefuse(cloud, { ...resource, body, update: { name: 'x' } });
  });
});
