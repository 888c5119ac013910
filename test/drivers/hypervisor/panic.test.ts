import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { systemClock } from '#base/clock.ts';
import { silentLog } from '#base/log.ts';
import { guestFolder } from '#drivers/hypervisor/qemu/guest-folder.ts';
import { watchPanic } from '#drivers/hypervisor/qemu/panic.ts';
import { QmpClient } from '#drivers/hypervisor/qemu/qmp/client.ts';
import { readLines } from '#drivers/hypervisor/qemu/qmp/lines.ts';
import { temporaryFolder } from '../storage/temporary-folder.ts';
import { socketPair } from './socket-pair.ts';

const guestId = 'f1c2a9d2-6c1e-4f8b-9d63-2b7f3a0c5e11';
const nobody = { pid: 1, startTicks: 'of no process', bootId: '' };

/**
 * Lets a guest that panicked go on, on a host where ten seconds pass between any two looks.
 * @param words what is on the console more at each look
 * @returns what it had said when QEMU was told to quit
 */
async function heard(words: (look: number) => string): Promise<string> {
  await using temporary = await temporaryFolder();
  const folder = guestFolder(temporary.path, guestId);
  mkdirSync(folder.path);
  appendFileSync(folder.consoleLog, 'before');
  let nowMs = 0;
  let looks = 0;
  const clock = {
    nowMs: () => nowMs,
    sleep: async (ms: number, signal?: AbortSignal) => {
      // For what QEMU is asked it has all the time of the test.
      if (signal) return systemClock.sleep(ms, signal);
      nowMs += 10_000;
      looks += 1;
      appendFileSync(folder.consoleLog, words(looks));
    },
  };
  const { near, far } = await socketPair();
  const quit = Promise.withResolvers<string>();
  readLines(far, (line) => {
    const { execute, id } = JSON.parse(line);
    if (execute === 'quit') quit.resolve(readFileSync(folder.consoleLog, 'utf8'));
    far.write(`${JSON.stringify({ return: {}, id })}\n`);
  });
  const qmp = new QmpClient(near, clock);
  watchPanic({ clock, log: silentLog }, folder, nobody, qmp).begin();
  try {
    return await quit.promise;
  } finally {
    qmp.close();
    far.destroy();
  }
}

test('a guest that panicked says all it has to say, however late we come to look', async () => {
  const said = await heard((look) => (look <= 45 && look % 9 === 0 ? ` word${look / 9}` : ''));
  assert.equal(said, 'before word1 word2 word3 word4 word5');
});

test('a guest that panicked and talks without end is ended', async () => {
  assert.match(await heard(() => '.'), /^before\.{10,}$/);
});
