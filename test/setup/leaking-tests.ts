import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { test } from 'node:test';

// Run by the test of the guard, which sees to it that this ends.
test('leaves a socket and a child open', () => {
  createServer().listen(0, '127.0.0.1');
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
    stdio: 'inherit',
  });
  process.stderr.write(`child ${child.pid}\n`);
});
