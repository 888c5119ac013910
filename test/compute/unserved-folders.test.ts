import assert from 'node:assert/strict';
import { existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { hostFolder } from '#base/served-host.ts';
import { listenIn } from '#base/unix-socket.ts';
import { findDifferences } from '#cloud';
import { identifyProcess } from '#drivers/hypervisor/qemu/process/host-process.ts';
import { ensureNamespace, namespaceExists } from '#drivers/network/linux/in-namespace.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { playGuest } from '#test/guest-process.ts';
import { makeServer } from '#test/servers.ts';
import { examine } from '../../src/cli/examine.ts';
import { instanceOf } from '../../src/cloud/linux-options.ts';

const stray = '11111111-1111-4111-8111-111111111111';
const running = '22222222-2222-4222-8222-222222222222';
const place = 'host former, which is not configured';

async function diagnose(cloud: TestCloud, fixes = false, processId?: number) {
  const lines: string[] = [];
  const { services } = cloud.cloud;
  const where = { stateDirectory: cloud.stateDirectory, hosts: [] };
  const holder = () => (processId === undefined ? undefined : { processId });
  const look = () => findDifferences(services, where, holder);
  await services.networks.converged();
  const examination = { services, look, fixes, isServing: true };
  const code = await examine(examination, (line) => lines.push(line));
  return { code, lines };
}

function formerHost(cloud: TestCloud): string {
  const folder = hostFolder(cloud.stateDirectory, 'former');
  mkdirSync(join(folder, 'disks'), { recursive: true });
  return realpathSync(folder);
}

test('folders and disks of a former host go, when no server knows them', async () => {
  await using cloud = await startTestCloud();
  const known = await makeServer(cloud);
  const folder = formerHost(cloud);
  mkdirSync(join(folder, 'guests', stray), { recursive: true });
  for (const id of [stray, known]) writeFileSync(join(folder, 'disks', `${id}.qcow2`), '');
  const lines = [
    `${place}: guest of no server ${stray}`,
    `${place}: disks of no server ${stray}`,
    `${place}: disks of server ${known}`,
    `${place}: folder ${folder}`,
  ];
  const told = { code: 1, lines: [...lines, '4 differences are left'] };
  assert.deepEqual(await diagnose(cloud), told);
  assert.deepEqual(await diagnose(cloud), told);
  const [guest, disks, ...kept] = lines;
  const fixed = [`${guest}, removed`, `${disks}, removed`, ...kept, '2 differences are left'];
  assert.deepEqual(await diagnose(cloud, true), { code: 1, lines: fixed });
  assert.equal(existsSync(join(folder, 'disks', `${known}.qcow2`)), true);
  assert.equal(existsSync(join(folder, 'disks', `${stray}.qcow2`)), false);
});

test('a guest that runs on a former host is told, and is left alone with its disks', async () => {
  await using cloud = await startTestCloud();
  const folder = formerHost(cloud);
  writeFileSync(join(folder, 'disks', `${running}.qcow2`), '');
  using guest = await playGuest(folder, running);
  const lines = [
    `${place}: running guest of no server ${running}`,
    `${place}: disks of no server ${running}`,
    `${place}: folder ${folder}`,
  ];
  const told = { code: 1, lines: [...lines, '3 differences are left'] };
  assert.deepEqual(await diagnose(cloud, true), told);
  assert.ok(identifyProcess(guest.processId));
  assert.equal(existsSync(join(folder, 'disks', `${running}.qcow2`)), true);
});

test('a socket and a namespace that a former host has left go with its folder', async () => {
  await using cloud = await startTestCloud();
  const folder = formerHost(cloud);
  const control = join(folder, 'control');
  mkdirSync(control);
  const server = createServer();
  await listenIn(server, control, 'ask.sock');
  const namespace = `cumulet-switch-${instanceOf(folder)}`;
  await ensureNamespace(namespace);
  try {
    assert.deepEqual(await diagnose(cloud, true), {
      code: 0,
      lines: [
        `${place}: namespace ${namespace}, removed`,
        `${place}: folder ${folder}, removed`,
        'the hosts are as the database says',
      ],
    });
    assert.equal(await namespaceExists(namespace), false);
    assert.equal(existsSync(`/run/cumulet/${instanceOf(folder)}`), false);
    assert.equal(existsSync(folder), false);
  } finally {
    server.close();
  }
});

test('a folder that another process serves is no difference', async () => {
  await using cloud = await startTestCloud();
  formerHost(cloud);
  assert.deepEqual(await diagnose(cloud, true, 4711), {
    code: 0,
    lines: [`${place}: is served by process 4711`, 'the hosts are as the database says'],
  });
});
