import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from '#test/eventually.ts';
import { opened } from './console-promises.ts';
import { makeQemuFixture } from './qemu-fixture.ts';

const dots = (text: string) => text.match(/\./g)?.length ?? 0;

test('all who look at a serial port see what comes, and the log has it all', async () => {
  await using fixture = await makeQemuFixture();
  const driver = await fixture.open();
  const guest = await fixture.guest('beating');
  await driver.powerOn(guest);
  const logged = async () => dots(await driver.consoleOutput(guest.id));
  await eventually('beats nobody saw', async () => (await logged()) > 3);
  const readers = [
    await opened(driver, guest.id, 'serial'),
    await opened(driver, guest.id, 'serial'),
  ];
  // One that never reads keeps neither the guest nor the others waiting.
  const idle = await driver.openConsole(guest.id, 'serial');
  for (const { text } of readers) await eventually('beats', () => dots(text()) > 5);
  const before = await logged();
  readers[0]?.stream.destroy();
  const seen = dots(readers[1]?.text() ?? '');
  await eventually('more beats', () => dots(readers[1]?.text() ?? '') > seen + 5);
  assert.ok((await logged()) > before);
  idle?.destroy();
  readers[1]?.stream.destroy();
  // In the same turn as the last one leaves, another comes.
  const next = await opened(driver, guest.id, 'serial');
  await eventually('beats for who comes then', () => dots(next.text()) > 2);
  next.stream.destroy();
  const alone = await logged();
  await eventually('beats without readers', async () => (await logged()) > alone + 5);
  const again = await opened(driver, guest.id, 'serial');
  await eventually('beats again', () => dots(again.text()) > 2);
  again.stream.destroy();
  await driver.remove(guest.id);
});
