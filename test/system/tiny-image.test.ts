import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as passes } from 'node:timers/promises';
import { silentLog } from '#base/log.ts';
import { ProcessError, run } from '#base/process.ts';
import { openFileStorage } from '#drivers/storage/file/file-storage.ts';
import { eventually } from '#test/eventually.ts';
import { guestBootMs } from '#test/guest-boot.ts';
import { TinyGuest, tinyImage } from './tiny-guest.ts';

const maxImageBytes = 32 * 1024 * 1024;
const gib = 1024 ** 3;
const powerDownMs = 120_000;
/** Below those that the host gives to whoever asks for any. */
const sshPort = 2022;
const pressAgainMs = 2_000;

const userData = `#!/bin/sh
echo "user-data ran on $(hostname)"
echo kept > /root/kept
`;

interface Lab extends AsyncDisposable {
  folder: string;
  disk: string;
  publicKey: string;
  keyPath: string;
}

async function openLab(): Promise<Lab> {
  const image = await tinyImage();
  const folder = await mkdtemp(join(tmpdir(), 'cumulet-tiny-test-'));
  const disk = join(folder, 'disk.qcow2');
  const backing = ['-b', image, '-F', 'qcow2'];
  await run('qemu-img', ['create', '-q', '-f', 'qcow2', ...backing, disk, `${gib}`]);
  const keyPath = join(folder, 'key');
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'tester', '-f', keyPath]);
  const { stdout: publicKey } = await run('ssh-keygen', ['-y', '-f', keyPath]);
  return {
    folder,
    disk,
    publicKey,
    keyPath,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

function metadata(lab: Lab, change: object = {}): string {
  return JSON.stringify({
    uuid: 'd8e02d56-2648-49a3-bf97-6be8f1204f38',
    hostname: 'first-guest.novalocal',
    name: 'first "guest"',
    public_keys: { tester: lab.publicKey },
    ...change,
  });
}

async function configDrive(lab: Lab, change: object = {}): Promise<string> {
  const storage = await openFileStorage({ stateFolder: lab.folder, log: silentLog });
  const drive = await storage.createConfigDrive('drive', {
    'openstack/latest/meta_data.json': Buffer.from(metadata(lab, change)),
    'openstack/latest/user_data': Buffer.from(userData),
  });
  assert.ok(drive.kind === 'file');
  return drive.path;
}

/** One of the host's sixteen million addresses of its own, where nobody else listens. */
function loopbackAddress(): string {
  return ['127', ...Array.from({ length: 3 }, () => randomInt(1, 255))].join('.');
}

async function ssh(lab: Lab, address: string, account: string, command: string): Promise<string> {
  const options = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'BatchMode=yes'];
  const flags = [...options, 'ConnectTimeout=60'].flatMap((option) => ['-o', option]);
  const target = ['-i', lab.keyPath, '-p', `${sshPort}`, `${account}@${address}`, command];
  const line = [...flags, '-o', 'LogLevel=ERROR', ...target];
  // 255 is ssh's own: the guest, which is up, does not listen yet.
  const logIn = () =>
    run('ssh', line, { timeoutMs: guestBootMs }).catch((error: unknown) => {
      if (error instanceof ProcessError && error.exitCode === 255) return undefined;
      throw error;
    });
  return (await eventually(`ssh as ${account}`, logIn, guestBootMs)).stdout;
}

test('the image is a file of at most 32 MiB', async () => {
  const { size } = await stat(await tinyImage());
  assert.ok(size <= maxImageBytes, `${size} bytes`);
});

test('with a config drive a guest has its name, runs its script once, keeps its data', async () => {
  await using lab = await openLab();
  const drive = await configDrive(lab, { admin_pass: 'se"cret \\ pässword' });
  {
    await using guest = await TinyGuest.boot({ disk: lab.disk, configDrive: drive });
    await guest.waitForConsole(/first-guest login:/);
    await guest.waitForConsole(/tiny: ready first-guest 10\.0\.2\.15/);
    await guest.waitForConsole(/user-data ran on first-guest/);
    await guest.waitForConsole(/tiny: user data ended with 0/);
    assert.match(await guest.agent('guest-ping'), /return/);
    await powerDown(guest);
  }
  await using again = await TinyGuest.boot({ disk: lab.disk, configDrive: drive });
  await again.waitForConsole(/tiny: ready first-guest/);
  await logIn(again, 'se"cret \\ pässword');
  again.type('cat /root/kept; df -m / | tail -n 1; echo end-of-"look"\n');
  const [look] = await again.waitForConsole(/\bkept\r?\n[\s\S]*end-of-look/);
  const totalMib = Number(/\/dev\/\S+\s+(\d+)/.exec(look)?.[1]);
  assert.ok(totalMib > 900, `the root file system has ${totalMib} MiB of 1024`);
  assert.doesNotMatch(again.console, /user-data ran/);
});

test('from the metadata service a guest gets its name and ssh key, and no password', async () => {
  await using lab = await openLab();
  const requests: string[] = [];
  const service = createHttpServer((request, response) => {
    requests.push(request.url ?? '');
    if (request.url === '/openstack/latest/meta_data.json') {
      response.end(metadata(lab, { hostname: 'second-guest' }));
      return;
    }
    response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(service, 'listening');
  try {
    const { port } = service.address() as AddressInfo;
    const address = loopbackAddress();
    const forward = join(import.meta.dirname, 'stdio-forward.mjs');
    const network = [
      'net=169.254.169.0/24',
      `guestfwd=tcp:169.254.169.254:80-cmd:${process.execPath} ${forward} ${port}`,
      `hostfwd=tcp:${address}:${sshPort}-:22`,
    ];
    await using guest = await TinyGuest.boot({ disk: lab.disk, network });
    await guest.waitForConsole(/tiny: ready second-guest 169\.254\.169\.15/);
    assert.ok(requests.includes('/openstack/latest/user_data'));
    assert.equal(await ssh(lab, address, 'root', 'hostname'), 'second-guest\n');
    assert.equal(await ssh(lab, address, 'tiny', 'id -un'), 'tiny\n');
    const locked = await ssh(lab, address, 'root', "grep -c ':[*]:' /etc/shadow");
    assert.equal(locked.trim(), '3');
    // The session ends with its answer, and not with the guest that was told to end it.
    await ssh(lab, address, 'root', '(sleep 1; reboot) < /dev/null > /dev/null 2>&1 &');
    await guest.waitForConsole(/tiny: ready[\s\S]*tiny: ready second-guest/);
    await powerDown(guest);
  } finally {
    service.closeAllConnections();
    service.close();
  }
});

async function logIn(guest: TinyGuest, password: string): Promise<void> {
  await guest.waitForConsole(/login: /);
  // An empty password is no password.
  guest.type('root\n');
  await guest.waitForConsole(/Password: $/);
  guest.type('\n');
  await guest.waitForConsole(/Login incorrect[\s\S]*login: $/);
  guest.type('root\n');
  await guest.waitForConsole(/incorrect[\s\S]*Password: $/);
  guest.type(`${password}\n`);
  await guest.waitForConsole(/root@first-guest:~#/);
}

/** Presses the button until the guest is off: it says that it is ready before it listens to it. */
async function powerDown(guest: TinyGuest): Promise<void> {
  let hasEnded = false;
  guest.ended.then(() => {
    hasEnded = true;
  });
  const press = async () => {
    // There is nobody to be told any more once it is off.
    if (!hasEnded) await Promise.race([guest.qmp('system_powerdown'), guest.ended]);
    await Promise.race([guest.ended, passes(pressAgainMs)]);
    return hasEnded;
  };
  await eventually('it is off', press, powerDownMs);
}
