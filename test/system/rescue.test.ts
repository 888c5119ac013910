import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { startTestCloud } from '#test/cloud.ts';
import { eventually } from '#test/eventually.ts';
import { guestBootMs } from '#test/guest-boot.ts';
import { statusOf } from '#test/servers.ts';
import { askAgent, runInside } from '../drivers/hypervisor/agent-inside.ts';
import { openQemuAlone } from './support/qemu-alone.ts';
import { makeTinyServer } from './support/tiny-server.ts';
import { tinyImage } from './tiny-guest.ts';

test('what a rescued guest mends on its old disk is there when it boots that again', async () => {
  const config = { tinyImage: await tinyImage(), hypervisor: 'qemu', network: 'user' } as const;
  await using cloud = await startTestCloud({
    openDrivers: openQemuAlone,
    config,
    gracefulShutdownMs: 20_000,
  });
  // Whatever becomes of the test, no guest outlives it.
  await using _guests = { [Symbol.asyncDispose]: () => cloud.cloud.stopServers() };
  const id = await makeTinyServer(cloud);
  const agent = join(cloud.stateDirectory, 'guests', id, 'run', 'agent.sock');
  const inside = async (command: string) => (await runInside(agent, command)).trim();
  const up = () =>
    eventually(
      'the guest is up',
      () => askAgent(agent, { execute: 'guest-ping' }).then(Boolean, () => false),
      guestBootMs,
    );
  const act = async (body: object, status: number) => {
    const answer = await cloud.demo.post(`/v2.1/servers/${id}/action`, body);
    assert.equal(answer.status, status);
    await cloud.cloud.services.operations.whenIdle();
  };

  await up();
  await inside('echo broken > /root/state; sync');
  const device = await inside('awk \'$2 == "/" { print $1 }\' /proc/mounts | tail -1');
  assert.match(device, /^\/dev\/vda/);
  await act({ rescue: null }, 200);
  assert.equal(await statusOf(cloud.demo, id), 'RESCUE');
  await up();
  assert.match(await inside('cat /root/state 2>&1 || echo none'), /none$/);
  const old = device.replace('vda', 'vdb');
  assert.equal(await inside(`mount ${old} /mnt && cat /mnt/root/state`), 'broken');
  await inside('echo mended > /mnt/root/state; umount /mnt; sync');
  await act({ unrescue: null }, 202);
  assert.equal(await statusOf(cloud.demo, id), 'ACTIVE');
  await up();
  // Only the config drive is behind its own disk again.
  assert.equal(await inside('cat /root/state; ls /sys/block | grep -c vdc'), 'mended\n0');
  await cloud.demo.delete(`/v2.1/servers/${id}`);
  await cloud.cloud.services.operations.whenIdle();
});
