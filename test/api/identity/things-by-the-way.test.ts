import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Answered, Client } from '#test/client.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { makeImage, makeServer, serverBody } from '#test/servers.ts';
import { askSigned, temporaryKey } from '#test/signing.ts';
import { clientOf, credentialLogin, credentialOf } from './delegations.ts';
import { holderOf } from './single-servers.ts';

const all = { Effect: 'Allow', Action: ['ecs:*:*', 'evs:*:*', 'vpc:*:*', 'ims:*:*'] };
const v2 = '/network/v2.0';

function assertRefused({ status, body }: Answered, action: string): void {
  assert.equal(status, 403, JSON.stringify(body));
  assert.match(JSON.stringify(body), new RegExp(`Policy doesn't allow ${action} to be performed`));
}

const deny = (action: string, type: string, id: string) => {
  const [service] = action.split(':');
  return { Effect: 'Deny', Action: [action], Resource: [`${service}:*:*:${type}:${id}`] };
};

describe('things that a request names by the way', () => {
  let cloud: TestCloud;
  let users = 0;

  before(async () => {
    cloud = await startTestCloud();
  });
  beforeEach(() => {
    users += 1;
  });
  after(() => cloud[Symbol.asyncDispose]());

  const holder = (...statements: object[]) => holderOf(cloud, `holder ${users}`, ...statements);

  async function networkWithPort(): Promise<{ networkId: string; portId: string }> {
    const { demo } = cloud;
    const made = async (path: string, name: string, value: object) =>
      (await demo.post(`${v2}/${path}`, { [name]: value })).body[name].id as string;
    const networkId = await made('networks', 'network', { name: `network ${users}` });
    const cidr = '10.77.0.0/24';
    await made('subnets', 'subnet', { network_id: networkId, ip_version: 4, cidr });
    return { networkId, portId: await made('ports', 'port', { network_id: networkId }) };
  }

  async function makesServer(client: Client, extra: object): Promise<Answered> {
    const answer = await client.post('/v2.1/servers', await serverBody(cloud.demo, extra));
    await cloud.cloud.services.operations.whenIdle();
    return answer;
  }

  test('a server is not made of an image that is denied, nor on such a network', async () => {
    const imageRef = await makeImage(cloud.demo);
    const { networkId, portId } = await networkWithPort();
    const most = await holder(
      all,
      deny('ims:images:get', 'image', imageRef),
      deny('vpc:networks:get', 'network', networkId),
    );
    assertRefused(await makesServer(most, { imageRef }), 'ims:images:get');
    const on = (network: object) => makesServer(most, { networks: [network] });
    assertRefused(await on({ uuid: networkId }), 'vpc:networks:get');
    assertRefused(await on({ port: portId }), 'vpc:networks:get');
    assert.equal((await makesServer(most, {})).status, 202);
  });

  test('nor with a port, a group, a key or a flavor that is denied', async () => {
    const { portId } = await networkWithPort();
    const { id: groupId } = (
      await cloud.demo.post(`${v2}/security-groups`, { security_group: { name: 'closed' } })
    ).body.security_group;
    const { flavors } = (await cloud.demo.get('/v2.1/flavors')).body;
    const flavorRef = flavors.at(-1).id;
    const most = await holder(
      all,
      deny('vpc:ports:update', 'port', portId),
      deny('vpc:securityGroups:get', 'securityGroup', groupId),
      deny('ecs:serverKeypairs:get', 'keypair', 'old-key'),
      deny('ecs:flavors:get', 'flavor', flavorRef),
    );
    await most.post('/v2.1/os-keypairs', { keypair: { name: 'old-key' } });
    await most.post('/v2.1/os-keypairs', { keypair: { name: 'new-key' } });
    const refused: [what: object, action: string][] = [
      [{ networks: [{ port: portId }] }, 'vpc:ports:update'],
      [{ security_groups: [{ name: 'closed' }] }, 'vpc:securityGroups:get'],
      [{ key_name: 'old-key' }, 'ecs:serverKeypairs:get'],
      [{ flavorRef }, 'ecs:flavors:get'],
    ];
    for (const [extra, action] of refused) assertRefused(await makesServer(most, extra), action);
    const others = { key_name: 'new-key', security_groups: [{ name: 'default' }] };
    assert.equal((await makesServer(most, others)).status, 202);
  });

  test('an Allow for one image makes servers of that one alone', async () => {
    const imageRef = await makeImage(cloud.demo);
    const Resource = [`ims:*:*:image:${imageRef}`];
    const rest = { Effect: 'Allow', Action: ['ecs:*:*', 'evs:*:*', 'vpc:*:*'] };
    const one = await holder(rest, { Effect: 'Allow', Action: ['ims:images:*'], Resource });
    assert.equal((await makesServer(one, { imageRef })).status, 202);
    assertRefused(await makesServer(one, {}), 'ims:images:list');
  });

  test('an image is denied by its tags as they are, wherever it is used', async () => {
    const imageRef = await makeImage(cloud.demo);
    const Condition = { StringEquals: { 'g:ResourceTag/stage': ['draft'] } };
    const most = await holder(all, { Effect: 'Deny', Action: ['ims:images:get'], Condition });
    const read = async () => (await most.get(`/image/v2/images/${imageRef}`)).status;
    assert.equal(await read(), 200);
    const tag = `/image/v2/images/${imageRef}/tags/stage=draft`;
    assert.equal((await cloud.demo.put(tag, undefined)).status, 204);
    assert.deepEqual([await read(), await read()], [403, 403]);
    assertRefused(await makesServer(most, { imageRef }), 'ims:images:get');
    assertRefused(await most.get(`/v2.1/images/${imageRef}`), 'ims:images:get');
    assertRefused(await most.get(`/image/v2/images/${imageRef}/file`), 'ims:images:get');
    assert.equal((await most.get('/image/v2/images')).status, 200);
    await cloud.demo.delete(tag);
    assert.equal(await read(), 200);
  });

  test('what is done to a server names other things too', async () => {
    const id = await makeServer(cloud);
    const imageRef = await makeImage(cloud.demo);
    const { networkId, portId } = await networkWithPort();
    const { flavors } = (await cloud.demo.get('/v2.1/flavors')).body;
    const flavorRef = flavors.at(-1).id;
    const most = await holder(
      all,
      deny('ims:images:get', 'image', imageRef),
      deny('vpc:ports:update', 'port', portId),
      deny('vpc:networks:get', 'network', networkId),
      deny('ecs:flavors:get', 'flavor', flavorRef),
    );
    const act = (action: object) => most.post(`/v2.1/servers/${id}/action`, action);
    assertRefused(await act({ rebuild: { imageRef } }), 'ims:images:get');
    const rescue = { rescue_image_ref: imageRef };
    assertRefused(await act({ rescue }), 'ims:images:get');
    assertRefused(await act({ resize: { flavorRef } }), 'ecs:flavors:get');
    assertRefused(await act({ addFixedIp: { networkId } }), 'vpc:networks:get');
    const attach = (interfaceAttachment: object) =>
      most.post(`/v2.1/servers/${id}/os-interface`, { interfaceAttachment });
    assertRefused(await attach({ port_id: portId }), 'vpc:networks:get');
    assertRefused(await attach({ net_id: networkId }), 'vpc:networks:get');
    await cloud.demo.post(`/v2.1/servers/${id}/os-interface`, {
      interfaceAttachment: { port_id: portId },
    });
    await cloud.cloud.services.operations.whenIdle();
    const card = `/v2.1/servers/${id}/os-interface/${portId}`;
    assertRefused(await most.delete(card), 'vpc:ports:update');
    assert.equal((await most.get(card)).status, 200, 'what may not be changed is shown');
  });

  test('networks are denied to whatever would hang on them', async () => {
    const { networkId, portId } = await networkWithPort();
    const most = await holder(
      all,
      deny('vpc:networks:get', 'network', networkId),
      deny('vpc:ports:get', 'port', portId),
    );
    const port = { network_id: networkId };
    assertRefused(await most.post(`${v2}/ports`, { port }), 'vpc:networks:get');
    const subnet = { network_id: networkId, ip_version: 4, cidr: '10.78.0.0/24' };
    assertRefused(await most.post(`${v2}/subnets`, { subnet }), 'vpc:networks:get');
    const { router } = (await most.post(`${v2}/routers`, { router: {} })).body;
    const path = `${v2}/routers/${router.id}/add_router_interface`;
    assertRefused(await most.put(path, { port_id: portId }), 'vpc:ports:get');
    const free = await most.post(`${v2}/networks`, { network: { name: 'free' } });
    const other = { network_id: free.body.network.id };
    assert.equal((await most.post(`${v2}/ports`, { port: other })).status, 201);
  });

  test('what is not theirs to see stays unknown to those who are denied it', async () => {
    const made = await cloud.admin.post(`${v2}/networks`, { network: { name: 'foreign' } });
    const most = await holder(all, deny('vpc:networks:get', 'network', '*-*'));
    const port = { network_id: made.body.network.id };
    assert.equal((await most.post(`${v2}/ports`, { port })).status, 404);
    assert.equal((await most.get(`${v2}/networks/${port.network_id}`)).status, 404);
  });

  test('an application credential and a temporary key are denied the same', async () => {
    const imageId = await makeImage(cloud.demo);
    const denied = deny('ims:images:get', 'image', imageId);
    const most = await holder(all, denied);
    const proof = await credentialOf(most);
    const robot = clientOf(
      cloud,
      await cloud.nobody.post('/v3/auth/tokens', credentialLogin(proof)),
    );
    const path = `/image/v2/images/${imageId}`;
    assertRefused(await robot.get(path), 'ims:images:get');
    assertRefused(await makesServer(robot, { imageRef: imageId }), 'ims:images:get');
    const policy = { Version: '1.1', Statement: [all, denied] };
    const key = await temporaryKey(cloud.demo, { policy });
    assert.equal((await askSigned(cloud.url, key, 'GET', path)).status, 403);
    assert.equal((await askSigned(cloud.url, key, 'GET', '/image/v2/images')).status, 200);
  });
});
