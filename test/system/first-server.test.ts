import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { run } from '#base/process.ts';
import { eventually } from '#test/eventually.ts';
import { guestBootMs } from '#test/guest-boot.ts';
import { type Checkout, cleanCheckout } from './support/checkout.ts';
import { GuestShell } from './support/guest-shell.ts';
import { ServedCloud } from './support/served-cloud.ts';
import { namespaceIsThere, namespacesOf, portWiresOf } from './support/wires.ts';

const nano = ['--flavor', 'm1.nano', '--network', 'private', '--wait'];
const metadataUrl = 'http://169.254.169.254/openstack/latest/meta_data.json';

/** The test image as a raw file, whose kernel is told one word more: this and no other boots. */
async function markedImage(tiny: string, folder: string, word: string): Promise<string> {
  const file = join(folder, 'marked.raw');
  await run('qemu-img', ['convert', '-f', 'qcow2', '-O', 'raw', tiny, file]);
  const bytes = readFileSync(file);
  const at = bytes.indexOf(' quiet ');
  assert.ok(at > 0 && word.length === 'quiet'.length);
  bytes.write(word, at + 1);
  writeFileSync(file, bytes);
  return file;
}

describe('a newcomer with a clean clone and the client they already have', () => {
  let checkout: Checkout;
  let cloud: ServedCloud;
  let networkId = '';
  let first: GuestShell;
  let secondAddress = '';

  const addressOf = async (name: string) => {
    const shown = JSON.parse(await cloud.openstack(['server', 'show', name, '-f', 'json']));
    return String(shown.addresses.private[0]);
  };
  const statusIs = (name: string, state: string) => {
    const show = ['server', 'show', name, '-f', 'value', '-c', 'status'];
    const isSo = async () => (await cloud.openstack(show)) === state;
    return eventually(`${name} is ${state}`, isSo, guestBootMs);
  };
  const consoleOf = (name: string) => cloud.openstack(['console', 'log', 'show', name]);
  const consoleSays = (name: string, pattern: RegExp) =>
    eventually(
      `${pattern} on the console of ${name}`,
      async () => pattern.test(await consoleOf(name)),
      guestBootMs,
    );

  before(async () => {
    checkout = await cleanCheckout();
    cloud = new ServedCloud(checkout.path);
    await cloud.makeUplink();
  });
  after(async () => {
    await cloud?.dispose();
    checkout?.remove();
  });

  test('types the README’s command and has a cloud and three lines to paste', async () => {
    const said = await cloud.start();
    assert.match(said, /^cumulet ready http:\/\/127\.0\.0\.1:\d+ in \d+ ms$/m);
    const lines = said.trimEnd().split('\n').slice(-3);
    assert.deepEqual(lines, [
      `export OS_CLIENT_CONFIG_FILE=${join(cloud.state, 'clouds.yaml')}`,
      'export OS_CLOUD=cumulet',
      'openstack server create --image tiny --flavor m1.nano --network private --wait first',
    ]);
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
    const show = ['network', 'show', 'private', '-f', 'value', '-c', 'id'];
    networkId = await cloud.openstack(show);
    first = new GuestShell(networkId, await addressOf('first'), cloud.state);
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
    await eventually('port 22 is open', opened, guestBootMs);
  });

  test('logs in by ssh and finds the name, the address and the metadata it was given', async () => {
    assert.equal(await first.run('hostname'), 'first');
    assert.match(await first.run('ip -4 addr'), new RegExp(`inet ${first.address}/16`));
    const metadata = JSON.parse(await first.run(`wget -q -O - ${metadataUrl}`));
    assert.equal(metadata.name, 'first');
    assert.match(metadata.public_keys.me, /^ssh-/);
  });

  test('pings the second server from the first', async () => {
    const ping = `ping -c 2 -W 5 ${secondAddress} || true`;
    const isWhole = async () => / 0% packet loss/.test(await first.run(ping));
    await eventually('both echoes', isWhole, guestBootMs);
  });

  test('stops, starts and reboots, and what was written to the disk stays', async () => {
    await first.run('echo kept > /root/kept');
    const boots = [await first.bootId()];
    await cloud.openstack(['server', 'stop', 'first']);
    await statusIs('first', 'SHUTOFF');
    assert.equal(cloud.guestProcesses().length, 1);
    await cloud.openstack(['server', 'start', 'first']);
    await statusIs('first', 'ACTIVE');
    assert.equal(await first.run('cat /root/kept'), 'kept');
    boots.push(await first.bootId());
    await cloud.openstack(['server', 'reboot', '--wait', 'first']);
    const isRebooted = async () => !boots.includes(await first.bootId());
    await eventually('first has booted again', isRebooted, guestBootMs);
    assert.equal(new Set(boots).size, 2);
    assert.equal(await first.run('cat /root/kept'), 'kept');
    assert.equal(cloud.guestProcesses().length, 2);
  });

  test('pauses and suspends, and the guest goes on in the same session', async () => {
    const bootId = await first.bootId();
    await using session = first.hold();
    const uptime = async () => Number((await session.ask('cat /proc/uptime')).split(' ')[0]);
    const before = await uptime();
    await cloud.openstack(['server', 'pause', 'first']);
    await statusIs('first', 'PAUSED');
    assert.equal(cloud.guestProcesses().length, 2);
    assert.equal(await first.takesConnections(22), false);
    await cloud.openstack(['server', 'unpause', 'first']);
    await statusIs('first', 'ACTIVE');
    const between = await uptime();
    assert.ok(between > before);
    await cloud.openstack(['server', 'suspend', 'first']);
    await statusIs('first', 'SUSPENDED');
    assert.equal(cloud.guestProcesses().length, 1);
    await cloud.openstack(['server', 'resume', 'first']);
    await statusIs('first', 'ACTIVE');
    assert.ok((await uptime()) > between);
    assert.equal(await first.bootId(), bootId);
    assert.equal(await first.run('cat /root/kept'), 'kept');
  });

  test('panics when a crash dump is asked for, and is rebooted by force', async () => {
    await first.run('echo 1 > /proc/sys/kernel/unknown_nmi_panic');
    const bootId = await first.bootId();
    const dump = ['--os-compute-api-version', '2.17', 'server', 'dump', 'create', 'first'];
    await cloud.openstack(dump);
    await consoleSays('first', /Kernel panic - not syncing: NMI/);
    await cloud.openstack(['server', 'reboot', '--hard', '--wait', 'first']);
    assert.notEqual(await first.bootId(), bootId);
  });

  test('boots an image made from a file, with a config drive', async () => {
    const tiny = join(checkout.path, '.cache/tiny.qcow2');
    const file = await markedImage(tiny, cloud.state, 'mark1');
    const formats = ['--disk-format', 'raw', '--container-format', 'bare'];
    await cloud.openstack(['image', 'create', '--file', file, ...formats, 'mine']);
    const image = ['--image', 'mine', '--config-drive', 'True', '--key-name', 'me'];
    await cloud.openstack(['server', 'create', ...image, ...nano, 'third']);
    const third = new GuestShell(networkId, await addressOf('third'), cloud.state);
    assert.match(await third.run('cat /proc/cmdline'), / mark1 /);
    await third.run('mkdir /tmp/drive && mount -t iso9660 -o ro /dev/vdb /tmp/drive');
    const document = await third.run('cat /tmp/drive/openstack/latest/meta_data.json');
    assert.equal(JSON.parse(document).name, 'third');
  });

  test('loses no server when the cloud is stopped, killed and started again', async () => {
    const guests = cloud.guestProcesses();
    assert.equal(guests.length, 3);
    const bootId = await first.bootId();
    await using session = first.hold();
    const readBootId = 'cat /proc/sys/kernel/random/boot_id';
    for (const way of ['TERM', 'KILL'] as const) {
      if (way === 'TERM') assert.equal(await cloud.terminate(), 0);
      else await cloud.end('SIGKILL');
      assert.deepEqual(cloud.guestProcesses(), guests, `after ${way}`);
      assert.equal(await session.ask(readBootId), bootId, `while nobody serves, after ${way}`);
      const said = await cloud.start();
      assert.doesNotMatch(said, /^set-up: /m);
      const list = ['server', 'list', '--status', 'ACTIVE', '-f', 'value', '-c', 'Name'];
      const names = (await cloud.openstack(list)).split('\n').sort();
      assert.deepEqual(names, ['first', 'second', 'third']);
      assert.deepEqual(cloud.guestProcesses(), guests, `adopted after ${way}`);
      assert.equal(await session.ask(readBootId), bootId, `adopted after ${way}`);
    }
    const asked = () => first.run(`wget -q -O - ${metadataUrl} || true`);
    const metadata = await eventually('metadata again', async () => (await asked()) || undefined);
    assert.equal(JSON.parse(metadata).name, 'first');
  });

  test('finds the port closed again once the rule is gone', async () => {
    const list = ['security', 'group', 'rule', 'list', 'default', '-f', 'json'];
    const rules = JSON.parse(await cloud.openstack(list));
    const ssh = rules.find((rule: { 'Port Range': string }) => rule['Port Range'] === '22:22');
    await cloud.openstack(['security', 'group', 'rule', 'delete', ssh.ID]);
    const closed = async () => !(await first.takesConnections(22));
    await eventually('port 22 is closed', closed, guestBootMs);
  });

  test('deletes the servers, and nothing of them is left on the host', async () => {
    assert.notDeepEqual(await portWiresOf(cloud.state), []);
    await cloud.openstack(['server', 'delete', '--wait', 'first', 'second', 'third']);
    assert.deepEqual(cloud.guestProcesses(), []);
    assert.deepEqual(cloud.files('guests'), []);
    assert.deepEqual(cloud.files('disks'), []);
    assert.deepEqual(cloud.files('incoming'), []);
    assert.deepEqual(await portWiresOf(cloud.state), []);
    const ports = ['port', 'list', '-f', 'value', '-c', 'ID', '--device-owner', 'compute:nova'];
    assert.equal(await cloud.openstack(ports, 'cumulet-admin'), '');
  });

  test('ends the cloud, its servers and its wires with one command', async () => {
    await cloud.openstack(['server', 'create', '--image', 'tiny', ...nano, 'last']);
    assert.equal(cloud.guestProcesses().length, 1);
    const namespaces = namespacesOf(cloud.state);
    assert.equal(namespaces.length, 3, 'the switch, the private network and the router');
    assert.equal(await cloud.stopAll(), 0);
    assert.deepEqual(cloud.guestProcesses(), []);
    assert.deepEqual(namespaces.filter(namespaceIsThere), []);
    assert.deepEqual(namespacesOf(cloud.state), []);
  });
});
