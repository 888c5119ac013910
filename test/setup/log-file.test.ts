import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { openLogFile } from '#cli/log-file.ts';
import { temporaryDirectory } from './started-process.ts';

describe('the log file', () => {
  it('keeps the newest lines in two files of bounded size', () => {
    using state = temporaryDirectory();
    const maxBytes = 1000;
    const log = openLogFile(state.path, maxBytes);
    for (let line = 0; line < 500; line += 1) log.write(`line ${line}\n`);
    log.close();
    const logs = join(state.path, 'logs');
    assert.deepEqual(readdirSync(logs).sort(), ['cumulet.log', 'cumulet.log.1']);
    for (const name of readdirSync(logs)) {
      const { size, mode } = statSync(join(logs, name));
      assert.ok(size <= maxBytes);
      assert.equal(mode & 0o777, 0o600);
    }
    const kept = ['cumulet.log.1', 'cumulet.log']
      .map((name) => readFileSync(join(logs, name), 'utf8'))
      .join('');
    const first = Number(/^line (\d+)\n/.exec(kept)?.[1]);
    const expected = Array.from({ length: 500 - first }, (_, index) => `line ${first + index}\n`);
    assert.equal(kept, expected.join(''));
    assert.ok(expected.length > 100);
  });

  it('goes on where the process before it stopped', () => {
    using state = temporaryDirectory();
    for (const line of ['first\n', 'second\n']) {
      const log = openLogFile(state.path);
      log.write(line);
      log.close();
    }
    const path = join(state.path, 'logs', 'cumulet.log');
    assert.equal(readFileSync(path, 'utf8'), 'first\nsecond\n');
  });
});
