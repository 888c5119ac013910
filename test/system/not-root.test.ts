import assert from 'node:assert/strict';
import { chmodSync, cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { eventually } from '#test/eventually.ts';
import { type Checkout, cleanCheckout } from './support/checkout.ts';
import { ServedCloud } from './support/served-cloud.ts';
import { tinyImage } from './tiny-guest.ts';

/** Debian's `nobody`. */
const userId = 65_534;
const bootTimeoutMs = 120_000;
const nano = ['--image', 'tiny', '--flavor', 'm1.nano', '--network', 'private', '--wait'];

describe('a newcomer who is not root', () => {
  let checkout: Checkout;
  let cloud: ServedCloud;
  let said = '';

  before(async () => {
    checkout = await cleanCheckout();
    // What set-up makes, in a folder that the user may read and not write.
    const made = join(import.meta.dirname, '../..');
    const links = { recursive: true, verbatimSymlinks: true };
    cpSync(join(made, 'node_modules'), join(checkout.path, 'node_modules'), links);
    for (const suffix of ['', '.key']) {
      cpSync(`${await tinyImage()}${suffix}`, join(checkout.path, `.cache/tiny.qcow2${suffix}`));
    }
    chmodSync(checkout.path, 0o755);
    cloud = new ServedCloud(checkout.path, userId);
    said = await cloud.start();
  });
  after(async () => {
    await cloud?.dispose();
    checkout?.remove();
  });

  test('gets a cloud with user-mode networking, and is told what is lost', () => {
    assert.match(said, /^cumulet ready http:/m);
    assert.match(said, /^user: .*needs root$/m);
    assert.match(said, /^user: lost on this host: Guests cannot reach each other/m);
    assert.match(said, /^user: lost on this host: Security groups are not enforced/m);
    assert.match(said, /^user: lost on this host: The metadata address is not served/m);
    assert.match(said, /^qemu: lost on this host: All guests run as one user/m);
    assert.doesNotMatch(said, /^set-up: /m);
  });

  test('boots a server that runs and knows its name and address', async () => {
    await cloud.openstack(['server', 'create', ...nano, 'first']);
    const shown = JSON.parse(await cloud.openstack(['server', 'show', 'first', '-f', 'json']));
    assert.equal(shown.status, 'ACTIVE');
    const [address = ''] = shown.addresses.private;
    const ready = `tiny: ready first ${address}`;
    const isUp = async () => (await consoleOf('first')).includes(ready);
    await eventually(`"${ready}" on the console`, isUp, bootTimeoutMs);
    assert.equal(cloud.guestProcesses().length, 1);
  });

  test('leaves the server running on a stop, and finds it again', async () => {
    const guests = cloud.guestProcesses();
    await cloud.end('SIGTERM');
    assert.deepEqual(cloud.guestProcesses(), guests);
    await cloud.start();
    assert.match(await consoleOf('first'), /tiny: ready first/);
    assert.deepEqual(cloud.guestProcesses(), guests);
  });

  test('ends the servers too with one command', async () => {
    await cloud.stopAll();
    assert.deepEqual(cloud.guestProcesses(), []);
    assert.equal(existsSync(join(cloud.state, 'cumulet.pid')), false);
  });

  const consoleOf = (name: string) => cloud.openstack(['console', 'log', 'show', name]);
});
