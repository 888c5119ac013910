import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { answerPath } from '#metadata/paths.ts';
import { addressFacts, guestFacts, nicFacts } from './facts.ts';

function text(path: string, facts = guestFacts()): string {
  const { status, body } = answerPath(facts, path);
  assert.equal(status, 200, path);
  return String(body);
}

const root = '/2009-04-04/meta-data';

describe('the EC2 layout', () => {
  test('lists its versions at the top', () => {
    const names = text('/').split('\n');
    assert.equal(names[0], '1.0');
    assert.deepEqual(names.slice(-2), ['2009-04-04', 'latest']);
    for (const name of names) assert.equal(text(`/${name}/`), 'meta-data/\nuser-data');
  });

  test('lists every value and folder of the tree, and each is there', () => {
    const names = text(`${root}/`).split('\n');
    assert.deepEqual(names, [
      'ami-id',
      'ami-launch-index',
      'ami-manifest-path',
      'block-device-mapping/',
      'hostname',
      'instance-action',
      'instance-id',
      'instance-type',
      'local-hostname',
      'local-ipv4',
      'placement/',
      'public-hostname',
      'public-ipv4',
      'public-keys/',
      'reservation-id',
      'security-groups',
    ]);
    for (const name of names) text(`${root}/${name}`);
    assert.equal(text('/latest/meta-data/'), text(`${root}/`));
  });

  test('values are those of the server', () => {
    const values: Record<string, string> = {
      'ami-id': 'ami-11112222',
      'ami-launch-index': '2',
      'block-device-mapping/': 'ami\nroot',
      'block-device-mapping/root': '/dev/vda',
      hostname: 'web-1.novalocal',
      'instance-id': 'i-9d1f4f3c',
      'instance-type': 'm1.nano',
      'local-ipv4': '10.42.0.9',
      'placement/': 'availability-zone',
      'placement/availability-zone': 'nova',
      'reservation-id': 'r-abcd1234',
      'security-groups': 'default\nweb',
    };
    for (const [path, value] of Object.entries(values)) {
      assert.equal(text(`${root}/${path}`), value, path);
    }
  });

  test('the key is found by walking the tree as EC2 clients do', () => {
    assert.equal(text(`${root}/public-keys/`), '0=mine');
    assert.equal(text(`${root}/public-keys/0/`), 'openssh-key');
    assert.equal(text(`${root}/public-keys/0/openssh-key`), 'ssh-ed25519 AAAA me\n');
  });

  test('without key and user data neither is listed nor there', () => {
    const facts = guestFacts({ key: null, userData: null });
    assert.equal(text('/latest', facts), 'meta-data/');
    assert.ok(!text(`${root}/`, facts).includes('public-keys'));
    for (const path of ['/latest/user-data', `${root}/public-keys/`, `${root}/public-keys/0/`]) {
      assert.equal(answerPath(facts, path).status, 404, path);
    }
  });

  test('an older version has less', () => {
    assert.ok(!text('/1.0/meta-data').includes('instance-type'));
    assert.ok(text('/2007-08-29/meta-data').includes('instance-type'));
    assert.equal(answerPath(guestFacts(), '/1.0/meta-data/placement').status, 404);
  });

  test('the first IPv4 address is the local one, wherever it stands', () => {
    const six = addressFacts({ address: '2001:db8::9', ipVersion: 6 });
    const facts = guestFacts({ nics: [nicFacts([six]), nicFacts([addressFacts()])] });
    assert.equal(text(`${root}/local-ipv4`, facts), '10.42.0.9');
    assert.equal(text(`${root}/local-ipv4`, guestFacts({ nics: [] })), '');
  });

  test('what is not there is 404', () => {
    for (const path of [
      '/2010-01-01/meta-data',
      '/latest/meta-data/nothing',
      '/latest/meta-data/host',
      '/latest/meta-data/hostname/x',
      '/latest/meta-data/constructor',
      '/latest/user-data/x',
      '/latest/dynamic',
      '/latest/public-keys',
    ]) {
      assert.equal(answerPath(guestFacts(), path).status, 404, path);
    }
  });
});
