import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import type { Client } from '#test/client.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { flavorId, makeImage, makeServer, networkId } from '#test/servers.ts';
import { askAs, placeOf } from './guest.ts';

const script = '#!/bin/sh\necho hello\n';
const metaPath = '/openstack/latest/meta_data.json';

describe('the metadata service', () => {
  let cloud: TestCloud;
  let serverId: string;
  let here: { networkId: string; address: string };

  const ask = (path: string, options = {}) =>
    askAs(cloud, here.networkId, here.address, path, options);

  before(async () => {
    cloud = await startTestCloud();
    await cloud.demo.post('/v2.1/os-keypairs', { keypair: { name: 'mine' } });
    serverId = await makeServer(cloud, {
      name: 'First Guest',
      key_name: 'mine',
      user_data: Buffer.from(script).toString('base64'),
      metadata: { role: 'web' },
    });
    here = await placeOf(cloud, serverId);
  });
  after(() => cloud[Symbol.asyncDispose]());

  test('tells a guest its id, names, project, key and metadata as given at creation', async () => {
    const { status, headers, text } = await ask(metaPath);
    assert.equal(status, 200);
    assert.equal(headers['content-type'], 'application/json');
    const meta = JSON.parse(text);
    const shown = await cloud.demo.get('/v2.1/os-keypairs/mine');
    const key = shown.body.keypair.public_key;
    assert.equal(meta.uuid, serverId);
    assert.equal(meta.name, 'First Guest');
    assert.equal(meta.hostname, 'first-guest.novalocal');
    assert.equal(meta.project_id, cloud.demo.projectId);
    assert.equal(meta.availability_zone, 'nova');
    assert.deepEqual(meta.meta, { role: 'web' });
    assert.deepEqual(meta.public_keys, { mine: key });
    assert.deepEqual(meta.keys, [{ name: 'mine', type: 'ssh', data: key }]);
  });

  test('never tells the password', async () => {
    assert.ok(!('admin_pass' in JSON.parse((await ask(metaPath)).text)));
  });

  test('gives 512 random bytes, others each time', async () => {
    const seeds = await Promise.all(
      ['2013-04-04', 'latest'].map(async (version) => {
        const { text } = await ask(`/openstack/${version}/meta_data.json`);
        return JSON.parse(text).random_seed as string;
      }),
    );
    const [first = '', second = ''] = seeds;
    assert.equal(Buffer.from(first, 'base64').length, 512);
    assert.notEqual(first, second);
  });

  test('gives the script as it was sent, in both layouts', async () => {
    assert.equal((await ask('/openstack/latest/user_data')).text, script);
    assert.equal((await ask('/latest/user-data')).text, script);
  });

  test('describes the port that the API shows', async () => {
    const network = JSON.parse((await ask('/openstack/latest/network_data.json')).text);
    const shown = await cloud.demo.get(`/v2.1/servers/${serverId}/os-interface`);
    const [port] = shown.body.interfaceAttachments;
    assert.equal(network.links[0].vif_id, port.port_id);
    assert.equal(network.links[0].ethernet_mac_address, port.mac_addr);
    assert.equal(network.networks[0].network_id, here.networkId);
    assert.equal(network.networks[0].type, 'ipv4_dhcp');
    assert.equal((await ask('/latest/meta-data/local-ipv4')).text, here.address);
    assert.equal((await ask('/latest/meta-data/security-groups')).text, 'default');
  });

  test('a rename changes the name and not the hostname', async () => {
    await cloud.demo.put(`/v2.1/servers/${serverId}`, { server: { name: 'other' } });
    const meta = JSON.parse((await ask(metaPath)).text);
    assert.equal(meta.name, 'other');
    assert.equal(meta.hostname, 'first-guest.novalocal');
  });

  test('a guest whose key pair was deleted keeps its key', async () => {
    const { public_keys: before } = JSON.parse((await ask(metaPath)).text);
    await cloud.demo.delete('/v2.1/os-keypairs/mine');
    assert.deepEqual(JSON.parse((await ask(metaPath)).text).public_keys, before);
  });

  test('headers and query change nothing about who asks', async () => {
    const other = await makeServer(cloud, { name: 'other' });
    const there = await placeOf(cloud, other);
    const headers = {
      'x-forwarded-for': there.address,
      'x-real-ip': there.address,
      'x-instance-id': other,
      'x-instance-id-signature': 'f'.repeat(64),
      'x-tenant-id': cloud.admin.projectId ?? '',
      'x-neutron-network-id': there.networkId,
      forwarded: `for=${there.address}`,
      host: there.address,
    };
    for (const query of ['', `?instance-id=${other}&address=${there.address}`]) {
      const { status, text } = await ask(metaPath + query, { headers });
      assert.equal(status, 200);
      assert.equal(JSON.parse(text).uuid, serverId);
    }
  });

  test('an address that no server has is 404', async () => {
    for (const address of ['10.42.255.250', '203.0.113.1', '::1', 'nonsense', '', "' or 1=1"]) {
      for (const path of [metaPath, '/', '/latest/user-data']) {
        assert.equal((await askAs(cloud, here.networkId, address, path)).status, 404, address);
      }
    }
  });

  test('a port of no server learns nothing', async () => {
    const port = { network_id: here.networkId };
    const { body } = await cloud.demo.post('/network/v2.0/ports', { port });
    const address = body.port.fixed_ips[0].ip_address;
    assert.equal((await askAs(cloud, here.networkId, address, metaPath)).status, 404);
    await cloud.demo.delete(`/network/v2.0/ports/${body.port.id}`);
  });

  test('an address mapped into IPv6 is the same guest', async () => {
    const answer = await askAs(cloud, here.networkId, `::ffff:${here.address}`, metaPath);
    assert.equal(JSON.parse(answer.text).uuid, serverId);
  });

  test('anything but reading is 405', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      const { status, headers } = await ask(metaPath, { method });
      assert.equal(status, 405, method);
      assert.equal(headers.allow, 'GET, HEAD');
    }
    const { status, text } = await ask(metaPath, { method: 'HEAD' });
    assert.equal(status, 200);
    assert.equal(text, '');
  });

  test('oversized headers and addresses are refused, and the next guest is served', async () => {
    const large = 'x'.repeat(8192);
    assert.equal((await ask(metaPath, { headers: { 'x-large': large } })).status, 431);
    assert.equal((await ask(`/${large}`)).status, 431);
    assert.equal((await ask(metaPath)).status, 200);
  });

  test('what is no HTTP, and a guest that hangs up, disturb nobody', async () => {
    const wires = cloud.hosts.wires;
    assert.ok(wires);
    const garbage = await wires.connectGuest(here.networkId, here.address);
    garbage.end(Buffer.from([0, 1, 2, 255, 13, 10, 13, 10]));
    garbage.resume();
    await once(garbage, 'close');
    const gone = await wires.connectGuest(here.networkId, here.address);
    gone.write(`GET ${metaPath} HTTP/1.1\r\n`);
    gone.resetAndDestroy();
    assert.equal((await ask('/openstack/latest/%E0%A4%A')).status, 404);
    assert.equal((await ask(metaPath)).status, 200);
  });

  test('a deleted server’s address tells nothing any more', async () => {
    const other = await makeServer(cloud);
    const there = await placeOf(cloud, other);
    const meta = await askAs(cloud, there.networkId, there.address, metaPath);
    assert.equal(JSON.parse(meta.text).uuid, other);
    await cloud.demo.delete(`/v2.1/servers/${other}`);
    await cloud.cloud.services.operations.whenIdle();
    assert.equal((await askAs(cloud, there.networkId, there.address, metaPath)).status, 404);
  });
});

/** A network of the client's own with that range. @returns its id. */
async function makeNetwork(client: Client, cidr: string): Promise<string> {
  const made = await client.post('/network/v2.0/networks', { network: { name: 'own' } });
  const network_id = made.body.network.id;
  const subnet = { network_id, ip_version: 4, cidr };
  const { status } = await client.post('/network/v2.0/subnets', { subnet });
  assert.equal(status, 201);
  return network_id;
}

describe('the metadata service between projects', () => {
  test('the same address on two networks is two guests, each told only of itself', async () => {
    await using cloud = await startTestCloud();
    const rival = await cloud.userOf('rival', 'member');
    const make = async (client: Client, name: string) => {
      const network = await makeNetwork(client, '192.0.2.0/24');
      const server = {
        name,
        imageRef: await makeImage(client),
        flavorRef: await flavorId(client),
        networks: [{ uuid: network, fixed_ip: '192.0.2.77' }],
        metadata: { secret: `of ${name}` },
      };
      const made = await client.post('/v2.1/servers', { server });
      assert.equal(made.status, 202, JSON.stringify(made.body));
      return { network, id: made.body.server.id };
    };
    const [mine, theirs] = [await make(cloud.demo, 'mine'), await make(rival, 'theirs')];
    await cloud.cloud.services.operations.whenIdle();
    for (const [name, { network, id }] of Object.entries({ mine, theirs })) {
      const { text } = await askAs(cloud, network, '192.0.2.77', metaPath);
      assert.equal(JSON.parse(text).uuid, id);
      assert.deepEqual(JSON.parse(text).meta, { secret: `of ${name}` });
    }
    const shared = await networkId(cloud.demo);
    assert.equal((await askAs(cloud, shared, '192.0.2.77', metaPath)).status, 404);
  });

  test('on a shared network nobody may take the address that another is known by', async () => {
    await using cloud = await startTestCloud();
    const victim = await placeOf(cloud, await makeServer(cloud));
    const rival = await cloud.userOf('rival', 'member');
    const pairs = [{ ip_address: victim.address }];
    for (const wish of [
      { allowed_address_pairs: pairs },
      { port_security_enabled: false },
      { fixed_ips: [{ ip_address: victim.address }] },
    ]) {
      const port = { network_id: victim.networkId, ...wish };
      const { status } = await rival.post('/network/v2.0/ports', { port });
      assert.equal(status, 403, JSON.stringify(wish));
    }
  });
});

describe('the config drive', () => {
  test('keeps the password and all else it was made with, through every start', async () => {
    await using cloud = await startTestCloud();
    const id = await makeServer(cloud, { config_drive: true, adminPass: 'first password' });
    const drive = () => {
      const files = cloud.hosts.storage.configDrives.get(id);
      return Buffer.from(files?.[metaPath.slice(1)] ?? []).toString();
    };
    const first = drive();
    assert.equal(JSON.parse(first).admin_pass, 'first password');
    assert.equal(JSON.parse(first).uuid, id);
    await cloud.demo.post(`/v2.1/servers/${id}/action`, { reboot: { type: 'HARD' } });
    await cloud.cloud.services.operations.whenIdle();
    assert.equal(drive(), first);
  });
});
