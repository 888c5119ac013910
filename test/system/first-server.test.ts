import assert from 'node:assert/strict';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { run } from '#base/process.ts';
import { eventually } from '#test/eventually.ts';
import { type Checkout, cleanCheckout } from './support/checkout.ts';
import { GuestShell } from './support/guest-shell.ts';
import { ServedCloud } from './support/served-cloud.ts';

const bootTimeoutMs = 90_000;
const nano = ['--flavor', 'm1.nano', '--network', 'private', '--wait'];

/** Namespaces whose names hold one of these ids; other tests have theirs at the same time. */
async function namespacesOf(ids: readonly string[]): Promise<string[]> {
  const { stdout } = await run('ip', ['netns', 'list']);
  return stdout.split('\n').filter((line) => ids.some((id) => line.includes(id)));
}

describe('a newcomer with a clean clone and the client they already have', () => {
  let checkout: Checkout;
  let cloud: ServedCloud;
  let first: GuestShell;
  let secondAddress = '';

  const addressOf = async (name: string) => {
    const shown = JSON.parse(await cloud.openstack(['server', 'show', name, '-f', 'json']));
    return String(shown.addresses.private[0]);
  };
  const consoleOf = (name: string) => cloud.openstack(['console', 'log', 'show', name]);
  const consoleSays = (name: string, pattern: RegExp) =>
    eventually(
      `${pattern} on the console of ${name}`,
      async () => pattern.test(await consoleOf(name)),
      bootTimeoutMs,
    );

  before(async () => {
    checkout = await cleanCheckout();
    cloud = new ServedCloud(checkout.path);
    await cloud.makeUplink();
  });
  after(async () => {
    await cloud.dispose();
    checkout.remove();
  });

  test('types the README’s command and has a cloud and three lines to paste', async () => {
    const said = await cloud.start();
    assert.match(said, /^cumulet ready http:\/\/127\.0\.0\.1:\d+ in \d+ ms$/m);
    assert.match(said, /^openstack server create --image tiny .* first$/m);
    for (const name of ['clouds.yaml', 'openrc', 'openrc-admin', 'cumulet.sqlite']) {
      assert.equal(statSync(join(cloud.state, name)).mode & 0o777, 0o600, name);
    }
  });

  test('boots two servers with a key and a script', async () => {
    const key = await cloud.openstack(['keypair', 'create', 'me']);
    writeFileSync(join(cloud.state, 'key.pem'), `${key}\n`, { mode: 0o600 });
    const script = join(cloud.state, 'user-data.sh');
    writeFileSync(script, '#!/bin/sh\necho the script ran on $(hostname)\n');
    const image = ['--image', 'tiny', '--key-name', 'me'];
    await Promise.all([
      cloud.openstack(['server', 'create', ...image, '--user-data', script, ...nano, 'first']),
      cloud.openstack(['server', 'create', ...image, ...nano, 'second']),
    ]);
    const list = JSON.parse(await cloud.openstack(['server', 'list', '-f', 'json']));
    const states = list.map((row: { Name: string; Status: string }) => [row.Name, row.Status]);
    const expected = [
      ['first', 'ACTIVE'],
      ['second', 'ACTIVE'],
    ];
    assert.deepEqual(states.sort(), expected);
    const network = await cloud.openstack([
      'network',
      'show',
      'private',
      '-f',
      'value',
      '-c',
      'id',
    ]);
    first = new GuestShell(network, await addressOf('first'), cloud.state);
    secondAddress = await addressOf('second');
  });

  test('reads the guest’s own name and the script’s words on its console', async () => {
    await consoleSays('first', /tiny: ready first 10\.42\./);
    await consoleSays('first', /the script ran on first/);
    await consoleSays('second', /tiny: ready second 10\.42\./);
  });

  test('reaches a port only once a security group rule opens it', async () => {
    assert.equal(await first.takesConnections(22), false);
    const rule = ['security', 'group', 'rule', 'create', '--protocol', 'tcp', '--dst-port', '22'];
    await cloud.openstack([...rule, 'default']);
    const opened = () => first.takesConnections(22);
    await eventually('port 22 is open', opened, bootTimeoutMs);
  });

  test('logs in by ssh and finds the name, the address and the metadata it was given', async () => {
    assert.equal(await first.run('hostname'), 'first');
    assert.match(await first.run('ip -4 addr'), new RegExp(`inet ${first.address}/16`));
    const url = 'http://169.254.169.254/openstack/latest/meta_data.json';
    const metadata = JSON.parse(await first.run(`wget -q -O - ${url}`));
    assert.equal(metadata.name, 'first');
    assert.match(metadata.public_keys.me, /^ssh-/);
  });

  test('pings the second server from the first', async () => {
    assert.match(await first.run(`ping -c 2 -W 5 ${secondAddress}`), / 0% packet loss/);
  });

  test('stops, starts and reboots, and what was written to the disk stays', async () => {
    await first.run('echo kept > /root/kept && sync');
    await cloud.openstack(['server', 'stop', 'first']);
    const isIn = (state: string) => async () =>
      (await cloud.openstack(['server', 'show', 'first', '-f', 'value', '-c', 'status'])) === state;
    await eventually('first is SHUTOFF', isIn('SHUTOFF'), bootTimeoutMs);
    await cloud.openstack(['server', 'start', 'first']);
    await eventually('first is ACTIVE', isIn('ACTIVE'), bootTimeoutMs);
    assert.equal(await first.run('cat /root/kept'), 'kept');
    const bootId = await first.run('cat /proc/sys/kernel/random/boot_id');
    await cloud.openstack(['server', 'reboot', '--wait', 'first']);
    const rebooted = async () =>
      (await first.run('cat /proc/sys/kernel/random/boot_id')) !== bootId;
    await eventually('first has booted again', rebooted, bootTimeoutMs);
    assert.equal(await first.run('cat /root/kept'), 'kept');
  });

  test('finds the port closed again once the rule is gone', async () => {
    const list = ['security', 'group', 'rule', 'list', 'default', '-f', 'json'];
    const rules = JSON.parse(await cloud.openstack(list));
    const ssh = rules.find((rule: { 'Port Range': string }) => rule['Port Range'] === '22:22');
    await cloud.openstack(['security', 'group', 'rule', 'delete', ssh.ID]);
    const closed = async () => !(await first.takesConnections(22));
    await eventually('port 22 is closed', closed, bootTimeoutMs);
  });

  test('boots an image made from a file, with a config drive', async () => {
    const file = join(checkout.path, '.cache/tiny.qcow2');
    const formats = ['--disk-format', 'qcow2', '--container-format', 'bare'];
    await cloud.openstack(['image', 'create', '--file', file, ...formats, 'mine']);
    const image = ['--image', 'mine', '--config-drive', 'True'];
    await cloud.openstack(['server', 'create', ...image, ...nano, 'third']);
    await consoleSays('third', /tiny: ready third 10\.42\./);
  });

  test('loses no server when the cloud is stopped, killed and started again', async () => {
    const guests = cloud.guestProcesses();
    assert.equal(guests.length, 3);
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      await cloud.end(signal);
      assert.deepEqual(cloud.guestProcesses(), guests, `after ${signal}`);
      const said = await cloud.start();
      assert.doesNotMatch(said, /installing|building/i);
      const list = ['server', 'list', '--status', 'ACTIVE', '-f', 'value', '-c', 'Name'];
      const names = (await cloud.openstack(list)).split('\n').sort();
      assert.deepEqual(names, ['first', 'second', 'third']);
      assert.deepEqual(cloud.guestProcesses(), guests, `adopted after ${signal}`);
    }
  });

  test('deletes the servers, and nothing of them is left on the host', async () => {
    await cloud.openstack(['server', 'delete', '--wait', 'first', 'second', 'third']);
    assert.deepEqual(cloud.guestProcesses(), []);
    assert.deepEqual(cloud.files('guests'), []);
    assert.deepEqual(cloud.files('disks'), []);
    const ports = ['port', 'list', '-f', 'value', '-c', 'ID', '--device-owner', 'compute:nova'];
    assert.equal(await cloud.openstack(ports, 'cumulet-admin'), '');
  });

  test('ends the cloud and its wires with one command', async () => {
    const listed = await Promise.all([
      cloud.openstack(['network', 'list', '-f', 'value', '-c', 'ID']),
      cloud.openstack(['router', 'list', '-f', 'value', '-c', 'ID'], 'cumulet-admin'),
    ]);
    const ids = listed.flatMap((lines) => lines.split('\n'));
    assert.equal((await namespacesOf(ids)).length, 2, 'of the private network and the router');
    await cloud.stopAll();
    assert.deepEqual(await namespacesOf(ids), []);
    assert.equal(existsSync(join(cloud.state, 'cumulet.pid')), false);
  });
});
