import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { configDriveFiles } from '#metadata/config-drive.ts';
import type { GuestFacts } from '#metadata/documents.ts';
import { answerPath } from '#metadata/paths.ts';
import { addressFacts, guestFacts, nicFacts, serverId } from './facts.ts';

function lines(path: string, facts = guestFacts()): string[] {
  const { status, body } = answerPath(facts, path);
  assert.equal(status, 200, path);
  return String(body).split('\n');
}

function json(path: string, facts = guestFacts()) {
  const { status, contentType, body } = answerPath(facts, path);
  assert.equal(status, 200, path);
  assert.equal(contentType, 'application/json');
  return JSON.parse(String(body));
}

const status = (path: string, facts?: GuestFacts) => answerPath(facts ?? guestFacts(), path).status;

/** Which version brought which file and which member, as Nova's documentation has it. */
const versions = [
  '2012-08-10',
  '2013-04-04',
  '2013-10-17',
  '2015-10-15',
  '2016-06-30',
  '2016-10-06',
  '2017-02-22',
  '2018-08-27',
  '2020-10-14',
  'latest',
];
const broughtBy: Record<string, string> = {
  password: '2013-04-04',
  'vendor_data.json': '2013-10-17',
  'network_data.json': '2015-10-15',
  'vendor_data2.json': '2016-10-06',
  random_seed: '2013-04-04',
  project_id: '2015-10-15',
  devices: '2016-06-30',
  dedicated_cpus: '2020-10-14',
};
const isIn = (name: string, version: string) =>
  versions.indexOf(version) >= versions.indexOf(broughtBy[name] ?? '2012-08-10');

describe('the OpenStack layout', () => {
  test('lists its versions, with or without a final slash', () => {
    assert.deepEqual(lines('/openstack'), versions);
    assert.deepEqual(lines('/openstack/'), versions);
  });

  for (const version of versions) {
    test(`${version} has the files and members that came up to then`, () => {
      const files = ['meta_data.json', 'user_data', 'password', 'vendor_data.json'];
      const later = ['network_data.json', 'vendor_data2.json'];
      const expected = [...files, ...later].filter((name) => isIn(name, version));
      assert.deepEqual(lines(`/openstack/${version}`), expected);
      assert.deepEqual(lines(`/openstack/${version}/`), expected);
      for (const name of expected) assert.equal(status(`/openstack/${version}/${name}`), 200);
      if (!isIn('network_data.json', version)) {
        assert.equal(status(`/openstack/${version}/network_data.json`), 404);
      }
      const members = Object.keys(json(`/openstack/${version}/meta_data.json`));
      for (const name of ['random_seed', 'project_id', 'devices', 'dedicated_cpus']) {
        assert.equal(members.includes(name), isIn(name, version), `${name} in ${version}`);
      }
    });
  }

  test('meta_data.json is what Nova writes', () => {
    assert.deepEqual(json('/openstack/latest/meta_data.json'), {
      uuid: serverId,
      meta: { role: 'web' },
      public_keys: { mine: 'ssh-ed25519 AAAA me' },
      keys: [{ name: 'mine', type: 'ssh', data: 'ssh-ed25519 AAAA me' }],
      hostname: 'web-1.novalocal',
      name: 'Web 1',
      launch_index: 2,
      availability_zone: 'nova',
      random_seed: Buffer.alloc(512, 7).toString('base64'),
      project_id: 'c0ffee00c0ffee00c0ffee00c0ffee00',
      devices: [],
      dedicated_cpus: [],
    });
  });

  test('what was not given at creation is not there', () => {
    const facts = guestFacts({ key: null, userData: null, metadata: {} });
    const members = Object.keys(json('/openstack/latest/meta_data.json', facts));
    for (const name of ['public_keys', 'keys', 'meta', 'admin_pass']) {
      assert.ok(!members.includes(name), name);
    }
    assert.ok(!lines('/openstack/latest', facts).includes('user_data'));
    assert.equal(status('/openstack/latest/user_data', facts), 404);
  });

  test('a key may have any name', () => {
    const facts = guestFacts({ key: { name: '__proto__', publicKey: 'ssh-rsa AAAA' } });
    const { body } = answerPath(facts, '/openstack/latest/meta_data.json');
    assert.match(String(body), /"public_keys":\{"__proto__":"ssh-rsa AAAA"\}/);
  });

  test('user data come byte for byte, also when empty or no text', () => {
    for (const bytes of [Buffer.from([0, 255, 254]), Buffer.alloc(0), Buffer.from('ü\n')]) {
      const facts = guestFacts({ userData: bytes.toString('base64') });
      const { body, contentType } = answerPath(facts, '/openstack/latest/user_data');
      assert.deepEqual(body, bytes);
      assert.equal(contentType, 'application/octet-stream');
      assert.deepEqual(answerPath(facts, '/latest/user-data').body, bytes);
    }
  });

  test('what is not there is 404', () => {
    for (const path of [
      '/openstack/2011-01-01',
      '/openstack/newest/meta_data.json',
      '/openstack/latest/meta_data.json/uuid',
      '/openstack/2012-08-10/password',
      '/openstack/latest/../latest/meta_data.json',
      '/openstack/latest/__proto__',
      '/openstack/latest/meta_data.json\0',
      '/OPENSTACK/latest',
    ]) {
      assert.equal(status(path), 404, path);
    }
  });
});

describe('network_data.json', () => {
  const path = '/openstack/latest/network_data.json';

  test('says that an address comes by DHCP', () => {
    assert.deepEqual(json(path), {
      links: [
        {
          id: 'tapb0b1b2b3-b4',
          vif_id: 'b0b1b2b3-b4b5-4000-8000-0',
          type: 'bridge',
          mtu: 1450,
          ethernet_mac_address: 'fa:16:3e:00:00:01',
        },
      ],
      networks: [
        {
          id: 'network0',
          type: 'ipv4_dhcp',
          link: 'tapb0b1b2b3-b4',
          network_id: 'a0a1a2a3-0000-4000-8000-000000000000',
        },
      ],
      services: [{ type: 'dns', address: '192.0.2.53' }],
    });
  });

  test('gives all that is needed to configure an address by hand', () => {
    const route = { destination: '198.51.100.0/24', nextHop: '10.42.0.7' };
    const four = addressFacts({ isByDhcp: false, hostRoutes: [route] });
    const six = addressFacts({
      address: '2001:db8::9',
      ipVersion: 6,
      prefixLength: 64,
      gateway: '2001:db8::1',
      isByDhcp: false,
      dnsServers: [],
    });
    const { networks } = json(path, guestFacts({ nics: [nicFacts([four, six])] }));
    const [first, second] = networks;
    assert.equal(first.type, 'ipv4');
    assert.equal(first.ip_address, '10.42.0.9');
    assert.equal(first.netmask, '255.255.0.0');
    assert.deepEqual(first.routes, [
      { network: '0.0.0.0', netmask: '0.0.0.0', gateway: '10.42.0.1' },
      { network: '198.51.100.0', netmask: '255.255.255.0', gateway: '10.42.0.7' },
    ]);
    assert.deepEqual(first.services, [{ type: 'dns', address: '192.0.2.53' }]);
    assert.equal(second.id, 'network1');
    assert.equal(second.type, 'ipv6');
    assert.equal(second.netmask, 'ffff:ffff:ffff:ffff::');
    assert.deepEqual(second.routes, [{ network: '::', netmask: '::', gateway: '2001:db8::1' }]);
  });

  test('a subnet without gateway gives no route, a NIC without address no link', () => {
    const alone = addressFacts({ isByDhcp: false, gateway: null });
    const bare = nicFacts([], 'd0d1d2d3-d4d5-4000-8000-0');
    const { links, networks } = json(path, guestFacts({ nics: [nicFacts([alone]), bare] }));
    assert.equal(links.length, 1);
    assert.deepEqual(networks[0].routes, []);
  });
});

describe('the config drive', () => {
  const text = (files: Record<string, Uint8Array>, path: string) =>
    Buffer.from(files[path] ?? []).toString();

  test('holds what the service says, and the password that only it holds', () => {
    const facts = guestFacts({ adminPass: 'secret' });
    const files = configDriveFiles(facts);
    for (const version of ['2018-08-27', 'latest']) {
      const meta = JSON.parse(text(files, `openstack/${version}/meta_data.json`));
      assert.equal(meta.admin_pass, 'secret');
      assert.equal(meta.uuid, serverId);
      assert.equal(text(files, `openstack/${version}/user_data`), '#!/bin/sh\necho "ü"\n');
    }
    const ec2 = JSON.parse(text(files, 'ec2/latest/meta-data.json'));
    assert.equal(ec2['public-keys']['0']['openssh-key'], 'ssh-ed25519 AAAA me\n');
    assert.equal(ec2.placement['availability-zone'], 'nova');
  });
});
