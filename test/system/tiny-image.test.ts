import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { silentLog } from '#base/log.ts';
import { run } from '#base/process.ts';
import { openFileStorage } from '#drivers/storage/file/file-storage.ts';
import { TinyGuest, tinyImage } from './tiny-guest.ts';

const maxImageBytes = 32 * 1024 * 1024;
const gib = 1024 ** 3;
const powerDownMs = 20_000;

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

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function ssh(lab: Lab, port: number, account: string, command: string): Promise<string> {
  const options = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'BatchMode=yes'];
  const flags = [...options, 'ConnectTimeout=20'].flatMap((option) => ['-o', option]);
  const target = ['-i', lab.keyPath, '-p', `${port}`, `${account}@127.0.0.1`, command];
  return run('ssh', [...flags, '-o', 'LogLevel=ERROR', ...target], { timeoutMs: 30_000 }).then(
    ({ stdout }) => stdout,
  );
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
    await guest.qmp('system_powerdown');
    await withDeadline(guest.ended, powerDownMs, 'power-off');
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
    const sshPort = await freePort();
    const forward = join(import.meta.dirname, 'stdio-forward.mjs');
    const network = [
      'net=169.254.169.0/24',
      `guestfwd=tcp:169.254.169.254:80-cmd:${process.execPath} ${forward} ${port}`,
      `hostfwd=tcp:127.0.0.1:${sshPort}-:22`,
    ];
    await using guest = await TinyGuest.boot({ disk: lab.disk, network });
    await guest.waitForConsole(/tiny: ready second-guest 169\.254\.169\.15/);
    assert.ok(requests.includes('/openstack/latest/user_data'));
    assert.equal(await ssh(lab, sshPort, 'root', 'hostname'), 'second-guest\n');
    assert.equal(await ssh(lab, sshPort, 'tiny', 'id -un'), 'tiny\n');
    const locked = await ssh(lab, sshPort, 'root', "grep -c ':[*]:' /etc/shadow");
    assert.equal(locked.trim(), '3');
    await ssh(lab, sshPort, 'root', 'reboot');
    await guest.waitForConsole(/tiny: ready[\s\S]*tiny: ready second-guest/);
    await guest.qmp('system_powerdown');
    await withDeadline(guest.ended, powerDownMs, 'power-off');
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

async function withDeadline(work: Promise<void>, timeoutMs: number, what: string): Promise<void> {
  const deadline = AbortSignal.timeout(timeoutMs);
  const passed = once(deadline, 'abort').then(() => {
    throw new Error(`no ${what} in ${timeoutMs} ms`);
  });
  await Promise.race([work, passed]);
}
