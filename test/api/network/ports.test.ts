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

const list = `${root}/ports`;

describe('ports', () => {
  let cloud: TestCloud;
  before(async () => {
    cloud = await startTestCloud();
  });
  after(() => cloud[Symbol.asyncDispose]());

  test('a new port has a MAC, an address and the default group', async () => {
    const { network, subnet } = await makeNetwork(cloud.demo, '10.5.0.0/24');
    const port = await makePort(cloud.demo, { network_id: network.id, name: 'p' });
    assert.match(port.mac_address, /^fa:16:3e(:[0-9a-f]{2}){3}$/);
    assert.deepEqual(port.fixed_ips, [{ subnet_id: subnet.id, ip_address: '10.5.0.3' }]);
    const groups = (await cloud.demo.get(`${root}/security-groups?name=default`)).body;
    assert.deepEqual(port.security_groups, [groups.security_groups[0].id]);
    assert.equal(port.status, 'DOWN');
    assert.equal(port.device_owner, '');
    assert.equal(port['binding:vnic_type'], 'normal');
    assert.equal('binding:host_id' in port, false);
    const seen = (await cloud.admin.get(`${list}/${port.id}`)).body.port;
    assert.equal(seen['binding:vif_type'], 'unbound');
  });

  test('what is asked for is what one gets', async () => {
    const { network, subnet } = await makeNetwork(cloud.demo, '10.5.0.0/24');
    const wanted = {
      network_id: network.id,
      mac_address: 'FA:16:3E:AA:BB:CC',
      fixed_ips: [{ ip_address: '10.5.0.9' }, { subnet_id: subnet.id }],
      security_groups: [],
      allowed_address_pairs: [{ ip_address: '10.5.0.77' }],
      admin_state_up: false,
      device_id: 'device',
      dns_name: 'Web',
    };
    const port = await makePort(cloud.demo, wanted);
    assert.equal(port.mac_address, 'fa:16:3e:aa:bb:cc');
    const addresses = port.fixed_ips.map((one: { ip_address: string }) => one.ip_address);
    assert.deepEqual(addresses, ['10.5.0.9', '10.5.0.10']);
    assert.deepEqual(port.security_groups, []);
    assert.equal(port.allowed_address_pairs[0].mac_address, 'fa:16:3e:aa:bb:cc');
    assert.equal(port.admin_state_up, false);
    assert.equal(port.dns_name, 'web');
    const none = await makePort(cloud.demo, { network_id: network.id, fixed_ips: [] });
    assert.deepEqual(none.fixed_ips, []);
  });

  test('what is taken, outside or no address is refused', async () => {
    const { network, subnet } = await makeNetwork(cloud.demo, '10.5.0.0/24');
    const held = await makePort(cloud.demo, { network_id: network.id });
    const refusals: [object, number, string][] = [
      [{ fixed_ips: [{ ip_address: '10.5.0.3' }] }, 409, 'IpAddressInUse'],
      [{ fixed_ips: [{ ip_address: '10.6.0.3' }] }, 400, 'InvalidIpForNetwork'],
      [{ fixed_ips: [{ ip_address: '10.5.0.255' }] }, 400, 'InvalidIpForNetwork'],
      [
        { fixed_ips: [{ subnet_id: subnet.id, ip_address: '10.6.0.3' }] },
        400,
        'InvalidIpForSubnet',
      ],
      [{ fixed_ips: [{ subnet_id: missingId }] }, 400, 'InvalidInput'],
      [{ fixed_ips: [{}] }, 400, 'InvalidInput'],
      [{ fixed_ips: [{ ip_address: 'x' }] }, 400, 'HTTPBadRequest'],
      [{ mac_address: held.mac_address }, 409, 'MacAddressInUse'],
      [{ mac_address: 'x' }, 400, 'HTTPBadRequest'],
      [{ mac_address: '01:00:5e:00:00:01' }, 400, 'HTTPBadRequest'],
      [{ security_groups: [missingId] }, 404, 'SecurityGroupNotFound'],
      [{ network_id: missingId }, 404, 'NetworkNotFound'],
      [{ allowed_address_pairs: [{ ip_address: 'x' }] }, 400, 'HTTPBadRequest'],
      [{ dns_name: '-web' }, 400, 'HTTPBadRequest'],
      [{ device_owner: 'network:dhcp' }, 403, 'PolicyNotAuthorized'],
      [{ 'binding:host_id': 'host' }, 403, 'PolicyNotAuthorized'],
      [
        { port_security_enabled: false, security_groups: held.security_groups },
        400,
        'PortSecurityAndIPRequiredForSecurityGroups',
      ],
    ];
    for (const [attributes, status, type] of refusals) {
      const port = { network_id: network.id, ...attributes };
      assertRefused(await cloud.demo.post(list, { port }), status, type);
    }
  });

  test('who only uses a shared network chooses no addresses there', async () => {
    const stranger = await cloud.userOf('elsewhere', 'member');
    const { body } = await stranger.get(`${root}/networks`);
    const idOf = (name: string) =>
      body.networks.find((network: { name: string }) => network.name === name).id;
    const network_id = idOf('private');
    for (const attributes of [
      { fixed_ips: [{ ip_address: '10.42.0.99' }] },
      { mac_address: 'fa:16:3e:00:00:09' },
      { port_security_enabled: false },
      { allowed_address_pairs: [{ ip_address: '0.0.0.0/0' }] },
    ]) {
      const port = { network_id, ...attributes };
      assertRefused(await stranger.post(list, { port }), 403, 'PolicyNotAuthorized');
    }
    const outside = { port: { network_id: idOf('public') } };
    assertRefused(await stranger.post(list, outside), 403, 'PolicyNotAuthorized');
    const port = await makePort(stranger, { network_id });
    // The owner of the network sees who is on it, but does not change their ports.
    assert.equal((await cloud.demo.get(`${list}/${port.id}`)).status, 200);
    const change = { port: { name: 'x' } };
    assertRefused(await cloud.demo.put(`${list}/${port.id}`, change), 403, 'PolicyNotAuthorized');
  });

  test('an update replaces addresses and groups; a failed one changes nothing', async () => {
    const { network, subnet } = await makeNetwork(cloud.demo, '10.5.0.0/24');
    const { id } = await makePort(cloud.demo, { network_id: network.id });
    const group = await make(cloud.demo, 'security-groups', 'security_group', { name: 'g' });
    const path = `${list}/${id}`;
    const change = {
      fixed_ips: [{ ip_address: '10.5.0.50' }],
      security_groups: [group.id],
      name: 'renamed',
    };
    const { body } = await cloud.demo.put(path, { port: change });
    assert.deepEqual(body.port.fixed_ips, [{ subnet_id: subnet.id, ip_address: '10.5.0.50' }]);
    assert.deepEqual(body.port.security_groups, [group.id]);
    const bad = { name: 'again', fixed_ips: [{ ip_address: '10.5.0.2' }] };
    assertRefused(await cloud.demo.put(path, { port: bad }), 409, 'IpAddressInUse');
    assert.deepEqual((await cloud.demo.get(path)).body, body);
    // The address that was given up is free again.
    const fixed_ips = [{ ip_address: '10.5.0.3' }];
    await makePort(cloud.demo, { network_id: network.id, fixed_ips });
  });

  test('port security goes only when groups and pairs have gone', async () => {
    const { network } = await makeNetwork(cloud.demo, '10.5.0.0/24');
    const { id } = await makePort(cloud.demo, { network_id: network.id });
    const off = { port_security_enabled: false };
    const answer = await cloud.demo.put(`${list}/${id}`, { port: off });
    assertRefused(answer, 409, 'PortSecurityPortHasSecurityGroup');
    const both = { ...off, security_groups: [] };
    const { body } = await cloud.demo.put(`${list}/${id}`, { port: both });
    assert.equal(body.port.port_security_enabled, false);
    const pairs = { allowed_address_pairs: [{ ip_address: '10.5.0.9' }] };
    const refused = await cloud.demo.put(`${list}/${id}`, { port: pairs });
    assertRefused(refused, 409, 'AddressPairAndPortSecurityRequired');
  });

  test('a deleted port is gone and its address free', async () => {
    const { network } = await makeNetwork(cloud.demo, '10.5.0.0/24');
    const fixed_ips = [{ ip_address: '10.5.0.9' }];
    const { id } = await makePort(cloud.demo, { network_id: network.id, fixed_ips });
    assert.equal((await cloud.demo.delete(`${list}/${id}`)).status, 204);
    assertRefused(await cloud.demo.delete(`${list}/${id}`), 404, 'PortNotFound');
    await makePort(cloud.demo, { network_id: network.id, fixed_ips });
  });

  test('what every endpoint refuses', async () => {
    const { network } = await makeNetwork(cloud.demo, '10.5.0.0/24');
    const { id } = await makePort(cloud.demo, { network_id: network.id });
    const body = { network_id: network.id };
    const resource = { collection: 'ports', name: 'port', id };
    await assertEndpointsRefuse(cloud, { ...resource, body, update: { name: 'x' } });
  });
});
