import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { eventually } from '#test/eventually.ts';
import { guestBootMs } from '#test/guest-boot.ts';
import { settleAction, shown } from '#test/resizes.ts';
import { askAgent, runInside } from '../drivers/hypervisor/agent-inside.ts';
import { openQemuAlone } from './support/qemu-alone.ts';
import { makeTinyServer } from './support/tiny-server.ts';
import { tinyImage } from './tiny-guest.ts';

const sectorsPerGib = 2 ** 21;

describe('a resize on QEMU', () => {
  let cloud: TestCloud;
  let id = '';
  const wide = { id: 'wide', name: 'wide', vcpus: 2, ram: 256, disk: 2 };

  const file = (name: string) => join(cloud.stateDirectory, 'disks', name);
  const hashOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
  const agent = () => join(cloud.stateDirectory, 'guests', id, 'run', 'agent.sock');
  const inside = async (command: string) => (await runInside(agent(), command)).trim();
  const isUp = () =>
    eventually(
      'the guest is up',
      () => askAgent(agent(), { execute: 'guest-ping' }).then(Boolean, () => false),
      guestBootMs,
    );
  const size = async () => {
    const kib = Number(await inside("awk '/MemTotal/ { print $2 }' /proc/meminfo"));
    const sectors = Number(await inside('cat /sys/block/vda/size'));
    return { vcpus: await inside('nproc'), isWide: kib > 200_000, gib: sectors / sectorsPerGib };
  };
  const act = async (body: object) => {
    assert.ok((await settleAction(cloud, id, body)) < 300);
    return (await shown(cloud, id)).status;
  };

  before(async () => {
    const config = { tinyImage: await tinyImage(), hypervisor: 'qemu', network: 'user' } as const;
    cloud = await startTestCloud({
      openDrivers: openQemuAlone,
      config,
      gracefulShutdownMs: 20_000,
    });
    await cloud.admin.post('/v2.1/flavors', { flavor: wide });
    id = await makeTinyServer(cloud);
  });
  after(async () => {
    await cloud?.demo.delete(`/v2.1/servers/${id}`);
    await cloud?.cloud.services.operations.whenIdle();
    await cloud?.[Symbol.asyncDispose]();
  });

  test('gives the guest processors, memory and disk, and keeps what it had written', async () => {
    await isUp();
    assert.deepEqual(await size(), { vcpus: '1', isWide: false, gib: 1 });
    await inside('echo before > /root/kept; sync');
    assert.equal(await act({ resize: { flavorRef: 'wide' } }), 'VERIFY_RESIZE');
    await isUp();
    assert.deepEqual(await size(), { vcpus: '2', isWide: true, gib: 2 });
    assert.equal(await inside('cat /root/kept'), 'before');
    await inside('echo after > /root/kept; sync');
  });

  test('is taken back with the disk as it was, without what was written since', async () => {
    assert.equal(await act({ revertResize: null }), 'ACTIVE');
    await isUp();
    assert.deepEqual(await size(), { vcpus: '1', isWide: false, gib: 1 });
    assert.equal(await inside('cat /root/kept'), 'before');
    assert.equal(await act({ 'os-stop': null }), 'SHUTOFF');
    const before = hashOf(file(`${id}.qcow2`));
    assert.equal(await act({ resize: { flavorRef: 'wide' } }), 'VERIFY_RESIZE');
    assert.equal(hashOf(file(`${id}.former.qcow2`)), before);
    assert.notEqual(hashOf(file(`${id}.qcow2`)), before);
    assert.equal(await act({ revertResize: null }), 'SHUTOFF');
    assert.equal(hashOf(file(`${id}.qcow2`)), before);
    assert.equal(existsSync(file(`${id}.former.qcow2`)), false);
  });

  test('is confirmed under a guest that goes on running', async () => {
    assert.equal(await act({ resize: { flavorRef: 'wide' } }), 'VERIFY_RESIZE');
    assert.equal(await act({ confirmResize: null }), 'SHUTOFF');
    assert.equal(await act({ 'os-start': null }), 'ACTIVE');
    await isUp();
    const larger = { ...wide, id: 'larger', name: 'larger', disk: 3 };
    await cloud.admin.post('/v2.1/flavors', { flavor: larger });
    assert.equal(await act({ resize: { flavorRef: 'larger' } }), 'VERIFY_RESIZE');
    await isUp();
    const bootId = await inside('cat /proc/sys/kernel/random/boot_id');
    assert.equal(await act({ confirmResize: null }), 'ACTIVE');
    assert.equal(await inside('cat /proc/sys/kernel/random/boot_id'), bootId);
    assert.equal(await inside('cat /root/kept'), 'before');
    assert.deepEqual(await size(), { vcpus: '2', isWide: true, gib: 3 });
    assert.equal(existsSync(file(`${id}.former.qcow2`)), false);
  });
});
