import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import {
  assertEndpointsRefuse,
  assertRefused,
  make,
  makeNetwork,
  makePort,
  root,
} from './requests.ts';

const list = `${root}/networks`;

describe('networks', () => {
  let cloud: TestCloud;
  before(async () => {
    cloud = await startTestCloud();
  });
  after(() => cloud[Symbol.asyncDispose]());

  test('a new network is shown with all that Neutron says of one', async () => {
    const made = await make(cloud.demo, 'networks', 'network', { name: 'n', mtu: '1400' });
    const { id, created_at, updated_at, ...rest } = made;
    assert.match(created_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    assert.equal(created_at, updated_at);
    assert.deepEqual(rest, {
      name: 'n',
      admin_state_up: true,
      status: 'ACTIVE',
      shared: false,
      subnets: [],
      'router:external': false,
      mtu: 1400,
      port_security_enabled: true,
      availability_zones: ['nova'],
      availability_zone_hints: [],
      project_id: cloud.demo.projectId,
      tenant_id: cloud.demo.projectId,
      description: '',
      revision_number: 0,
      tags: [],
    });
    assert.deepEqual((await cloud.demo.get(`${list}/${id}`)).body, { network: made });
  });

  test('only administrators see how it is carried', async () => {
    const { id } = await make(cloud.demo, 'networks', 'network', {});
    const { network } = (await cloud.admin.get(`${list}/${id}`)).body;
    assert.equal(network['provider:network_type'], 'local');
  });

  test('a change counts as a revision and keeps what it does not name', async () => {
    const { id } = await make(cloud.demo, 'networks', 'network', { name: 'a', mtu: 1300 });
    const change = { name: 'b', admin_state_up: 'False', description: 'text' };
    const { body } = await cloud.demo.put(`${list}/${id}`, { network: change });
    assert.equal(body.network.name, 'b');
    assert.equal(body.network.admin_state_up, false);
    assert.equal(body.network.mtu, 1300);
    assert.equal(body.network.revision_number, 1);
  });

  test('deleting takes subnets and DHCP along, and its wires', async () => {
    const { network, subnet } = await makeNetwork(cloud.demo, '10.9.0.0/24');
    await cloud.cloud.services.networks.converged();
    assert.ok(cloud.hosts.network.networks.has(network.id));
    assert.equal((await cloud.demo.delete(`${list}/${network.id}`)).status, 204);
    assertRefused(await cloud.demo.get(`${list}/${network.id}`), 404, 'NetworkNotFound');
    assertRefused(await cloud.demo.get(`${root}/subnets/${subnet.id}`), 404, 'SubnetNotFound');
    await cloud.cloud.services.networks.converged();
    assert.ok(!cloud.hosts.network.networks.has(network.id));
  });

  test('one with ports in use stays', async () => {
    const { network } = await makeNetwork(cloud.demo, '10.9.0.0/24');
    await makePort(cloud.demo, { network_id: network.id });
    assertRefused(await cloud.demo.delete(`${list}/${network.id}`), 409, 'NetworkInUse');
  });

  test('a shared network is seen by all and changed by its owner alone', async () => {
    const stranger = await cloud.userOf('elsewhere', 'member');
    const { body } = await stranger.get(`${list}?name=private`);
    const path = `${list}/${body.networks[0].id}`;
    const change = { network: { name: 'mine' } };
    assertRefused(await stranger.put(path, change), 403, 'PolicyNotAuthorized');
    assertRefused(await stranger.delete(path), 403, 'PolicyNotAuthorized');
    const unshare = { network: { shared: false } };
    assertRefused(await cloud.demo.put(path, unshare), 403, 'PolicyNotAuthorized');
    const port = await makePort(stranger, { network_id: body.networks[0].id });
    assertRefused(await cloud.admin.put(path, unshare), 409, 'InvalidSharedSetting');
    assert.equal((await stranger.delete(`${root}/ports/${port.id}`)).status, 204);
  });

  test('sharing, opening outwards and naming another project are for administrators', async () => {
    for (const network of [
      { shared: true },
      { 'router:external': true },
      { project_id: 'another' },
    ]) {
      assertRefused(await cloud.demo.post(list, { network }), 403, 'PolicyNotAuthorized');
    }
    const wanted = { shared: true, 'router:external': true, tenant_id: cloud.demo.projectId };
    const made = await make(cloud.admin, 'networks', 'network', wanted);
    assert.equal(made.project_id, cloud.demo.projectId);
    assert.equal((await cloud.demo.delete(`${list}/${made.id}`)).status, 204);
  });

  test('values that are none are refused', async () => {
    for (const network of [
      { name: 'x'.repeat(256) },
      { name: 7 },
      { name: 'nul\0' },
      { mtu: 1 },
      { mtu: 'big' },
      { admin_state_up: 'maybe' },
      { status: 'ACTIVE' },
    ]) {
      assertRefused(await cloud.demo.post(list, { network }), 400, 'HTTPBadRequest');
    }
  });

  test('what every endpoint refuses', async () => {
    const { id } = await make(cloud.demo, 'networks', 'network', {});
    const resource = { collection: 'networks', name: 'network', id };
    await assertEndpointsRefuse(cloud, { ...resource, body: {}, update: { name: 'x' } });
  });
});
