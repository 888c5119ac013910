import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { limits } from '#base/limits.ts';
import { SharedSerial } from '#drivers/hypervisor/qemu/consoles/shared-serial.ts';
import { eventually } from '#test/eventually.ts';
import { socketPair } from './socket-pair.ts';

/** A port whose far end is in the test's hands, as QEMU's would be. */
async function openPort() {
  const { near, far: guest } = await socketPair();
  let ends = 0;
  const serial = new SharedSerial(near, () => {
    ends += 1;
  });
  return { serial, guest, ends: () => ends };
}

test('a reader that does not read keeps a bounded backlog, and learns what it missed', async () => {
  const { serial, guest } = await openPort();
  const [slow, quick] = [serial.attach(), serial.attach()];
  let quickBytes = 0;
  quick.on('data', (bytes: Buffer) => {
    quickBytes += bytes.length;
  });
  const chunk = Buffer.alloc(64 * 1024, '.');
  const total = 16 * 1024 * 1024;
  for (let sent = 0; sent < total; sent += chunk.length) {
    if (!guest.write(chunk)) await once(guest, 'drain');
  }
  await eventually('all of it at the quick one', () => quickBytes === total);
  assert.ok(slow.readableLength <= limits.consoleBacklogBytes);
  let slowText = '';
  slow.on('data', (bytes: Buffer) => {
    slowText += bytes.toString();
  });
  await eventually('the backlog read', () => slowText.length >= limits.consoleBacklogBytes / 2);
  guest.write('the last word');
  await eventually('the last word', () => slowText.includes('the last word'));
  // What is left of a chunk that was cut in two may fit behind one that did not.
  const notices = [...slowText.matchAll(/\[(\d+) bytes skipped\]/g)];
  const skipped = notices.reduce((sum, [, bytes]) => sum + Number(bytes), 0);
  assert.ok(skipped > 0);
  const read = slowText.split('.').length - 1;
  assert.equal(read + skipped, total);
  guest.destroy();
});

test('the notice of what was skipped is a part of the backlog', async () => {
  const { serial, guest } = await openPort();
  const [slow, quick] = [serial.attach(), serial.attach()];
  let quickBytes = 0;
  quick.on('data', (bytes: Buffer) => {
    quickBytes += bytes.length;
  });
  let sent = 0;
  const send = async (bytes: number) => {
    sent += bytes;
    guest.write(Buffer.alloc(bytes, '.'));
    await eventually('what was sent', () => quickBytes === sent);
  };
  while (slow.readableLength === quickBytes) await send(4096);
  // Now there is room for as much as comes next, but not for words about what did not fit.
  slow.read(1000);
  await send(1000);
  assert.ok(slow.readableLength <= limits.consoleBacklogBytes);
  guest.destroy();
});

test('what is typed waits for a guest that is slow to read it', async () => {
  const { serial, guest } = await openPort();
  const typist = serial.attach();
  const chunk = Buffer.alloc(64 * 1024);
  const total = 32 * 1024 * 1024;
  let written = 0;
  const fill = () => {
    while (written < total) {
      written += chunk.length;
      if (!typist.write(chunk)) return;
    }
  };
  typist.on('drain', fill);
  fill();
  await eventually('the first of it', () => written > chunk.length);
  let arrived = 0;
  guest.on('data', (bytes: Buffer) => {
    // What was taken from the typist is never far ahead of what the guest has taken.
    assert.ok(written - arrived <= 16 * 1024 * 1024);
    arrived += bytes.length;
  });
  await eventually('everything typed', () => arrived === total);
  guest.destroy();
});

test('the connection ends with its last reader, and its readers with the guest', async () => {
  const first = await openPort();
  const [one, two] = [first.serial.attach(), first.serial.attach()];
  one.destroy();
  assert.equal(first.ends(), 0);
  two.destroy();
  // Told at once: whoever comes in the same turn shall not be given this one.
  assert.equal(first.ends(), 1);
  await once(first.guest.resume(), 'end');
  assert.equal(first.ends(), 1);
  assert.equal(first.serial.attach().destroyed, true);
  const second = await openPort();
  const reader = second.serial.attach();
  second.guest.destroy();
  await eventually('the reader gone', () => reader.destroyed);
});
