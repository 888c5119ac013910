import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { eventually } from '#test/eventually.ts';
import { guestBootMs } from '#test/guest-boot.ts';
import { askAgent, runInside } from '../drivers/hypervisor/agent-inside.ts';
import { recordEvents } from '../drivers/hypervisor/contract.ts';
import { processesNaming } from '../drivers/hypervisor/qemu-fixture.ts';
import { openQemuAlone } from './support/qemu-alone.ts';
import { makeTinyServer } from './support/tiny-server.ts';
import { tinyImage } from './tiny-guest.ts';

const seenWithinMs = 60_000;

describe('what a guest does by itself is seen, and its record follows', () => {
  let cloud: TestCloud;
  let id = '';
  let events: { kind: string; reason: string }[] = [];

  const agent = () => join(cloud.stateDirectory, 'guests', id, 'run', 'agent.sock');
  const inside = async (command: string) => (await runInside(agent(), command)).trim();
  const bootId = () => inside('cat /proc/sys/kernel/random/boot_id');
  const isUp = () => askAgent(agent(), { execute: 'guest-ping' }).then(Boolean, () => false);
  const shown = async () => {
    const { server } = (await cloud.demo.get(`/v2.1/servers/${id}`)).body;
    return [server.status, server['OS-EXT-STS:power_state']];
  };
  const stops = async () => {
    const { body } = await cloud.demo.get(`/v2.1/servers/${id}/os-instance-actions`);
    return body.instanceActions.filter(({ action }: { action: string }) => action === 'stop');
  };
  /** It would not answer what ends it. */
  const begin = (command: string) =>
    inside(`(sleep 1; sync; ${command}) < /dev/null > /dev/null 2>&1 &`);
  const processEnds = () =>
    eventually('its process ends', () => processesNaming(id).length === 0, guestBootMs);
  const isSeenAs = async (power: number) => {
    const isSeen = async () => (await shown())[0] === 'SHUTOFF';
    await eventually('the record follows', isSeen, seenWithinMs);
    assert.deepEqual(await shown(), ['SHUTOFF', power]);
  };

  before(async () => {
    const config = { tinyImage: await tinyImage(), hypervisor: 'qemu', network: 'user' } as const;
    const openDrivers = async (stateFolder: string) => {
      const drivers = await openQemuAlone(stateFolder);
      events = recordEvents(drivers.hypervisor);
      return drivers;
    };
    cloud = await startTestCloud({ openDrivers, config });
    id = await makeTinyServer(cloud);
  });
  beforeEach(async () => {
    if ((await shown())[0] === 'SHUTOFF') {
      await cloud.demo.post(`/v2.1/servers/${id}/action`, { 'os-start': null });
      await cloud.cloud.services.operations.whenIdle();
    }
    assert.deepEqual(await shown(), ['ACTIVE', 1]);
    await eventually('the guest is up', isUp, guestBootMs);
    events.length = 0;
  });
  after(async () => {
    await cloud?.cloud.stopServers();
    await cloud?.[Symbol.asyncDispose]();
  });

  test('it reboots: told as that, and it stays what it is', async () => {
    const [before, processIds] = [await bootId(), processesNaming(id)];
    await begin('reboot -f');
    await eventually('the reset is told', () => events.length > 0, guestBootMs);
    assert.deepEqual(events[0], { guestId: id, kind: 'reset', reason: 'guest-reset' });
    await eventually('the guest is up', isUp, guestBootMs);
    const isAnother = () =>
      bootId().then(
        (now) => now !== before,
        () => false,
      );
    await eventually('it has booted again', isAnother, guestBootMs);
    assert.deepEqual(await shown(), ['ACTIVE', 1]);
    assert.deepEqual(processesNaming(id), processIds);
    assert.deepEqual(await stops(), []);
  });

  test('it powers itself off: stopped', async () => {
    await begin('poweroff -f');
    await processEnds();
    await isSeenAs(4);
    assert.deepEqual(events.at(-1), { guestId: id, kind: 'stopped', reason: 'guest-shutdown' });
    assert.equal((await stops()).length, 1);
  });

  test('its process is killed: stopped', async () => {
    for (const processId of processesNaming(id)) process.kill(processId, 'SIGKILL');
    await processEnds();
    await isSeenAs(4);
    assert.deepEqual(events.at(-1), { guestId: id, kind: 'stopped', reason: 'died' });
    assert.equal((await stops()).length, 2);
  });

  test('its kernel panics: crashed', async () => {
    await begin('echo c > /proc/sysrq-trigger');
    await processEnds();
    await isSeenAs(6);
    assert.deepEqual(events.at(-1), { guestId: id, kind: 'stopped', reason: 'guest-panic' });
    assert.equal((await stops()).length, 3);
  });
});
