import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmod } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { run } from '#base/process.ts';
import { eventually } from '#test/eventually.ts';
import { tinyImage } from '../../system/tiny-guest.ts';
import { userNic } from './card-promises.ts';
import { makeQemuFixture } from './qemu-fixture.ts';

const bootTimeoutMs = 60_000;

/** Asks the agent inside the guest for its network cards. @returns their MAC addresses. */
async function cardsInside(socketPath: string): Promise<string[]> {
  const socket: Socket = connect(socketPath);
  try {
    await once(socket, 'connect');
    let text = '';
    socket.on('data', (bytes: Buffer) => {
      text += bytes.toString();
    });
    socket.write('{"execute":"guest-network-get-interfaces"}\n');
    await eventually('an answer of the agent', () => text.includes('\n'), 10_000);
    return [...text.matchAll(/"hardware-address": ?"([^"]+)"/g)].map(([, mac = '']) => mac);
  } finally {
    socket.destroy();
  }
}

test('a card comes into a running guest and leaves it again', async () => {
  await using fixture = await makeQemuFixture();
  const driver = await fixture.open();
  const path = join(fixture.stateFolder, 'hot-plug.raw');
  await run('qemu-img', ['convert', '-f', 'qcow2', '-O', 'raw', await tinyImage(), path]);
  await chmod(path, 0o600);
  const location = { kind: 'file', path, format: 'raw', readOnly: false, backing: [] } as const;
  const first = userNic(1);
  const guest = {
    ...fixture.guestOver([{ role: 'root', location: { ...location, backing: [] } }]),
    memoryMib: 192,
    nics: [first],
  };
  await driver.powerOn(guest);
  const agent = join(fixture.guestFolder(guest.id), 'run', 'agent.sock');
  const answered = async () => (await cardsInside(agent).catch(() => [])).length > 0;
  await eventually('the guest is up', answered, bootTimeoutMs);

  const second = userNic(2);
  await driver.attachNic(guest.id, second);
  const isInside = async (mac: string) => (await cardsInside(agent)).includes(mac);
  await eventually('the second card', () => isInside(second.macAddress), 20_000);
  await driver.close();

  // What another process of ours attached can be taken out as well.
  const next = await fixture.open();
  await next.attachNic(guest.id, second);
  await next.detachNic(guest.id, second.portId);
  assert.equal(await isInside(second.macAddress), false);
  assert.equal(await isInside(first.macAddress), true);
  await next.attachNic(guest.id, second);
  await eventually('the second card again', () => isInside(second.macAddress), 20_000);
  await next.close();
});
