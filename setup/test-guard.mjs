/**
 * Preloaded into each test process, as the runner's own limit counts for tests and hooks only: a
 * file whose tests have ended, but which leaves a socket or a child open, would hold up the run for
 * ever. Such a process fails, and says what it left open.
 */
import { readFileSync } from 'node:fs';
import { after, beforeEach } from 'node:test';
import { isMainThread } from 'node:worker_threads';

/** Time to close what is closed without being waited for. */
const graceMs = Number(process.env.CUMULET_TEST_GRACE_MS ?? 3 * 60_000);
/** Several times what the longest file takes on two slow cores. */
const deadlineMs = Number(process.env.CUMULET_TEST_DEADLINE_MS ?? 20 * 60_000);

// Neither the runner itself nor what a test starts is watched.
if (process.env.NODE_TEST_CONTEXT && isMainThread) watch();

function watch() {
  // A test may put others in their place.
  const { clearTimeout, setTimeout } = globalThis;
  const failAfter = (ms, what) => {
    const seconds = Math.round(ms / 1000);
    // Without a reference: a process that ends by itself does so as ever.
    return setTimeout(() => fail(`${what} ${seconds} s`), ms).unref();
  };
  failAfter(deadlineMs, 'its tests have not ended after');
  let grace;
  // Once all tests have ended that are known; a file may begin others later.
  after(() => {
    clearTimeout(grace);
    grace = failAfter(graceMs, 'its tests have ended, but it has not, for');
  });
  beforeEach(() => clearTimeout(grace));
}

function fail(what) {
  const open = process.getActiveResourcesInfo().join(', ');
  process.stderr.write(`${process.argv[1]}: ${what}; open are: ${open}\n`);
  // One that writes to the same pipe would hold up the runner in our place.
  for (const pid of children()) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has just ended by itself.
    }
  }
  process.exit(1);
}

function children() {
  try {
    const { pid } = process;
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return text.split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
