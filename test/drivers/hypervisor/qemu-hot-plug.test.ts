import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { run } from '#base/process.ts';
import type { GuestNic } from '#drivers/hypervisor/hypervisor.ts';
import { eventually } from '#test/eventually.ts';
import { guestBootMs } from '#test/guest-boot.ts';
import { tinyImage } from '../../system/tiny-guest.ts';
import { askAgent } from './agent-inside.ts';
import { userNic } from './card-promises.ts';
import { makeQemuFixture } from './qemu-fixture.ts';

/** Asks the agent inside the guest for its network cards. @returns their MAC addresses. */
async function cardsInside(socketPath: string): Promise<string[]> {
  const text = await askAgent(socketPath, { execute: 'guest-network-get-interfaces' });
  return [...text.matchAll(/"hardware-address": ?"([^"]+)"/g)].map(([, mac = '']) => mac);
}

function slotOf(hardware: readonly string[], { portId }: GuestNic): string {
  const card = hardware.find((value) => value.includes(`id=nic-${portId}`)) ?? '';
  return /,addr=([^,]+)/.exec(card)?.[1] ?? '';
}

/** A tap in a namespace of the test. */
async function namespaceForTaps() {
  const namespace = `cumulet-t${randomUUID().slice(0, 8)}`;
  const attachment = { kind: 'tap', namespace, device: 'tap-a' } as const;
  const link = (...words: string[]) => run('ip', ['-n', namespace, ...words]);
  await run('ip', ['netns', 'add', namespace]);
  return {
    make: async () => {
      await link('tuntap', 'add', 'dev', 'tap-a', 'mode', 'tap');
      await link('link', 'set', 'tap-a', 'up');
      return attachment;
    },
    remove: () => link('link', 'delete', 'tap-a'),
    hasCarrier: async () => /LOWER_UP/.test((await link('link', 'show', 'tap-a')).stdout),
    [Symbol.asyncDispose]: async () => void (await run('ip', ['netns', 'delete', namespace])),
  };
}

test('a card comes into a running guest and leaves it again', async () => {
  await using fixture = await makeQemuFixture();
  const driver = await fixture.open();
  const path = join(fixture.stateFolder, 'hot-plug.raw');
  await run('qemu-img', ['convert', '-f', 'qcow2', '-O', 'raw', await tinyImage(), path]);
  await chmod(path, 0o600);
  const location = { kind: 'file', path, format: 'raw', readOnly: false, backing: [] } as const;
  await using taps = await namespaceForTaps();
  const first: GuestNic = { ...userNic(1), attachment: await taps.make() };
  const guest = {
    ...fixture.guestOver([{ role: 'root', location: { ...location, backing: [] } }]),
    memoryMib: 192,
    nics: [first],
  };
  await driver.powerOn(guest);
  const agent = join(fixture.guestFolder(guest.id), 'run', 'agent.sock');
  const answered = async () => (await cardsInside(agent).catch(() => [])).length > 0;
  await eventually('the guest is up', answered, guestBootMs);

  const second = userNic(2);
  await driver.attachNic(guest.id, second);
  const isInside = async (mac: string) => (await cardsInside(agent)).includes(mac);
  await eventually('the second card', () => isInside(second.macAddress), guestBootMs);
  await driver.close();

  // What another process of ours attached can be taken out as well.
  const next = await fixture.open();
  await next.attachNic(guest.id, second);
  await next.detachNic(guest.id, second.portId);
  assert.equal(await isInside(second.macAddress), false);
  assert.equal(await isInside(first.macAddress), true);
  await next.attachNic(guest.id, second);
  await eventually('the second card again', () => isInside(second.macAddress), guestBootMs);

  // Somebody deletes the tap: no other end can be given to the card, so that it is a new one.
  assert.deepEqual(await next.deadWires(), []);
  const slot = slotOf(await next.hardwareOf(guest.id), first);
  assert.match(slot, /^[0-9a-f]+\.[0-9a-f]+$/);
  await taps.remove();
  assert.deepEqual(await next.deadWires(), [guest.id]);
  await taps.make();
  assert.deepEqual(await next.reviveNics(guest.id, [first, second]), [first.portId]);
  assert.deepEqual(await next.deadWires(), []);
  assert.equal(await taps.hasCarrier(), true);
  await eventually('the first card again', () => isInside(first.macAddress), guestBootMs);
  assert.equal(slotOf(await next.hardwareOf(guest.id), first), slot);
  assert.deepEqual(await next.reviveNics(guest.id, [first, second]), []);
  await next.close();
});
