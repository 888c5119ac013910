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

const list = `${root}/routers`;

describe('routers', () => {
  let cloud: TestCloud;
  let publicId: string;
  before(async () => {
    cloud = await startTestCloud();
    const { body } = await cloud.demo.get(`${root}/networks?router:external=true`);
    publicId = body.networks[0].id;
  });
  after(() => cloud[Symbol.asyncDispose]());

  const makeRouter = (attributes: object = {}) =>
    make(cloud.demo, 'routers', 'router', { name: 'r', ...attributes });
  const gateway = () => ({ external_gateway_info: { network_id: publicId } });

  test('a router joins a subnet at its gateway address, and the host follows', async () => {
    const { network, subnet } = await makeNetwork(cloud.demo, '10.5.0.0/24');
    const router = await makeRouter(gateway());
    const path = `${list}/${router.id}`;
    const added = await cloud.demo.put(`${path}/add_router_interface`, { subnet_id: subnet.id });
    assert.equal(added.status, 200);
    const { port_id, ...rest } = added.body;
    assert.deepEqual(rest, {
      id: router.id,
      project_id: cloud.demo.projectId,
      tenant_id: cloud.demo.projectId,
      network_id: network.id,
      subnet_id: subnet.id,
      subnet_ids: [subnet.id],
      tags: [],
    });
    const { port } = (await cloud.demo.get(`${root}/ports/${port_id}`)).body;
    assert.equal(port.device_owner, 'network:router_interface');
    assert.equal(port.fixed_ips[0].ip_address, '10.5.0.1');
    await cloud.cloud.services.networks.converged();
    const spec = cloud.hosts.network.routers.get(router.id);
    assert.equal(spec?.interfaces[0]?.address, '10.5.0.1');
    assert.equal(spec?.interfaces[0]?.prefixLength, 24);
    assert.equal(spec?.externalGateway?.sourceNat, true);
    assertRefused(await cloud.demo.delete(`${root}/ports/${port_id}`), 409, 'ServicePortInUse');
    assertRefused(await cloud.demo.delete(path), 409, 'RouterInUse');
    const newGateway = { subnet: { gateway_ip: null } };
    const moved = await cloud.demo.put(`${root}/subnets/${subnet.id}`, newGateway);
    assertRefused(moved, 409, 'GatewayIpInUse');
    const removed = await cloud.demo.put(`${path}/remove_router_interface`, { port_id });
    assert.deepEqual(removed.body, added.body);
    assert.equal((await cloud.demo.delete(path)).status, 204);
    await cloud.cloud.services.networks.converged();
    assert.ok(!cloud.hosts.network.routers.has(router.id));
  });

  test('a port made beforehand may be the interface, at its own address', async () => {
    const { network } = await makeNetwork(cloud.demo, '10.5.0.0/24');
    const port = await makePort(cloud.demo, { network_id: network.id });
    const { id } = await makeRouter();
    const request = { port_id: port.id };
    const added = await cloud.demo.put(`${list}/${id}/add_router_interface`, request);
    assert.equal(added.body.port_id, port.id);
    const again = await cloud.demo.put(`${list}/${id}/add_router_interface`, request);
    assertRefused(again, 409, 'PortInUse');
  });

  test('the way out is set, kept, changed and taken away', async () => {
    const { id } = await makeRouter();
    const path = `${list}/${id}`;
    const put = async (router: object) => (await cloud.demo.put(path, { router })).body.router;
    const set = (await put(gateway())).external_gateway_info;
    assert.equal(set.network_id, publicId);
    assert.match(set.external_fixed_ips[0].ip_address, /^172\.24\.4\./);
    assert.deepEqual((await put(gateway())).external_gateway_info, set);
    const ports = (await cloud.demo.get(`${root}/ports?device_id=${id}`)).body.ports;
    assert.deepEqual(ports, [], 'the gateway port is the cloud’s own');
    assert.equal((await put({ external_gateway_info: {} })).external_gateway_info, null);
    await put(gateway());
    assert.equal((await put({ external_gateway_info: null })).external_gateway_info, null);
    const held = (await cloud.admin.get(`${root}/ports?device_id=${id}`)).body.ports;
    assert.deepEqual(held, []);
  });

  test('a router that is switched off is taken off the host', async () => {
    const { id } = await makeRouter(gateway());
    await cloud.cloud.services.networks.converged();
    assert.ok(cloud.hosts.network.routers.has(id));
    await cloud.demo.put(`${list}/${id}`, { router: { admin_state_up: false } });
    await cloud.cloud.services.networks.converged();
    assert.ok(!cloud.hosts.network.routers.has(id));
  });

  test('interfaces and gateways that cannot be are refused', async () => {
    const { network, subnet } = await makeNetwork(cloud.demo, '10.5.0.0/24');
    const overlapping = await makeNetwork(cloud.demo, '10.5.0.0/16');
    const closed = await makeNetwork(cloud.demo, '10.6.0.0/24', { gateway_ip: null });
    const bare = await makePort(cloud.demo, { network_id: network.id, fixed_ips: [] });
    const { id } = await makeRouter();
    const path = `${list}/${id}`;
    const [add, remove] = [`${path}/add_router_interface`, `${path}/remove_router_interface`];
    await cloud.demo.put(add, { subnet_id: subnet.id });
    const refusals: [string, object, number, string][] = [
      [add, {}, 400, 'BadRequest'],
      [add, { subnet_id: subnet.id, port_id: bare.id }, 400, 'BadRequest'],
      [add, { subnet_id: subnet.id }, 400, 'BadRequest'],
      [add, { subnet_id: overlapping.subnet.id }, 400, 'BadRequest'],
      [add, { subnet_id: closed.subnet.id }, 400, 'BadRequest'],
      [add, { port_id: bare.id }, 400, 'BadRequest'],
      [add, { subnet_id: missingId }, 404, 'SubnetNotFound'],
      [add, { port_id: missingId }, 404, 'PortNotFound'],
      [add, { odd: 1 }, 400, 'HTTPBadRequest'],
      [remove, {}, 400, 'BadRequest'],
      [remove, { subnet_id: closed.subnet.id }, 404, 'RouterInterfaceNotFoundForSubnet'],
      [remove, { port_id: missingId }, 404, 'RouterInterfaceNotFound'],
    ];
    for (const [url, body, status, type] of refusals) {
      assertRefused(await cloud.demo.put(url, body), status, type);
    }
    const gateways: [object, number, string][] = [
      [{ network_id: network.id }, 400, 'BadRequest'],
      [{ network_id: missingId }, 404, 'NetworkNotFound'],
      [{ network_id: publicId, enable_snat: false }, 403, 'PolicyNotAuthorized'],
      [
        { network_id: publicId, external_fixed_ips: [{ ip_address: '172.24.4.9' }] },
        403,
        'PolicyNotAuthorized',
      ],
    ];
    for (const [external_gateway_info, status, type] of gateways) {
      const answer = await cloud.demo.put(path, { router: { external_gateway_info } });
      assertRefused(answer, status, type);
    }
    const second = await makeRouter();
    const taken = await cloud.demo.put(`${list}/${second.id}/add_router_interface`, {
      subnet_id: subnet.id,
    });
    assertRefused(taken, 409, 'IpAddressInUse');
  });

  test('another project’s router is not found, and readers change none', async () => {
    const { subnet } = await makeNetwork(cloud.demo, '10.5.0.0/24');
    const { id } = await makeRouter();
    const stranger = await cloud.userOf('strangers', 'member');
    const reader = await cloud.userOf('demo', 'reader');
    for (const action of ['add_router_interface', 'remove_router_interface']) {
      const [path, body] = [`${list}/${id}/${action}`, { subnet_id: subnet.id }];
      assertRefused(await stranger.put(path, body), 404, 'RouterNotFound');
      assertRefused(await reader.put(path, body), 403, 'PolicyNotAuthorized');
      assert.equal((await cloud.nobody.put(path, body)).status, 401);
    }
  });

  test('what every endpoint refuses', async () => {
    const { id } = await makeRouter();
    const resource = { collection: 'routers', name: 'router', id };
    await assertEndpointsRefuse(cloud, { ...resource, body: {}, update: { name: 'x' } });
  });
});
