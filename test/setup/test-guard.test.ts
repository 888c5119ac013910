import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { eventually } from '#test/eventually.ts';

const guard = join(import.meta.dirname, '..', '..', 'setup', 'test-guard.mjs');
const leaking = join(import.meta.dirname, 'leaking-tests.ts');

interface Run {
  exitCode: number | string | null | undefined;
  output: string;
}

function runGuarded(limits: Record<string, string>): Promise<Run> {
  // With it the inner runner would take itself for one of ours.
  const { NODE_TEST_CONTEXT: _ours, ...inherited } = process.env;
  const args = ['--test', '--test-reporter=spec', `--import=${pathToFileURL(guard)}`, leaking];
  const options = { env: { ...inherited, ...limits }, cwd: dirname(leaking) };
  return new Promise((resolve) => {
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      resolve({ exitCode: error ? error.code : 0, output: stdout + stderr });
    });
  });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('a test process that does not end after its tests fails and says what is open', async () => {
  const { exitCode, output } = await runGuarded({ CUMULET_TEST_GRACE_MS: '1' });
  assert.equal(exitCode, 1, output);
  assert.match(output, /✔ leaves a socket and a child open/);
  assert.match(output, /its tests have ended, but it has not, .*open are: .*TCPServerWrap/);
  assert.match(output, /^ℹ fail 1$/m);
  const pid = Number(/child (\d+)/.exec(output)?.[1]);
  await eventually('its child is ended', () => !isAlive(pid));
});

test('a test process that takes too long fails', async () => {
  const { exitCode, output } = await runGuarded({ CUMULET_TEST_DEADLINE_MS: '1000' });
  assert.equal(exitCode, 1, output);
  assert.match(output, /its tests have not ended after 1 s; open are: /);
  assert.match(output, /^ℹ fail 1$/m);
});
