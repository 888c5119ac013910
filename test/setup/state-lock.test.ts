import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { findHolder, lockState } from '#cli/state-lock.ts';
import { StartedProcess, temporaryDirectory } from './started-process.ts';

const holdLock = join(import.meta.dirname, 'hold-lock.ts');

describe('the lock of a state directory', () => {
  it('is held by one process at a time, and names it', async () => {
    using state = temporaryDirectory();
    await using holder = new StartedProcess([holdLock, state.path]);
    await holder.prints(/held/);
    assert.equal(lockState(state.path), undefined);
    assert.deepEqual(findHolder(state.path), { processId: holder.processId });
    const second = await new StartedProcess([holdLock, state.path]).ended;
    assert.equal(second.stdout, 'refused\n');
  });

  it('falls with its holder, even by kill -9', async () => {
    using state = temporaryDirectory();
    await using holder = new StartedProcess([holdLock, state.path]);
    await holder.prints(/held/);
    await holder.signal('SIGKILL');
    const lock = lockState(state.path);
    assert.ok(lock);
    assert.deepEqual(findHolder(state.path), { processId: process.pid });
    lock.release();
    assert.equal(findHolder(state.path), undefined);
  });

  it('is refused to a second taker in the same process until it is released', () => {
    using state = temporaryDirectory();
    const first = lockState(state.path);
    assert.equal(lockState(state.path), undefined);
    first?.release();
    const second = lockState(state.path);
    assert.ok(second);
    second.release();
  });

  it('never takes a recycled process id for the holder', () => {
    using state = temporaryDirectory();
    writeFileSync(join(state.path, 'cumulet.pid'), `${process.pid}\n1\n`);
    assert.equal(findHolder(state.path), undefined);
  });

  it('makes a directory that only its owner may enter, and the pid file begins with the id', () => {
    using parent = temporaryDirectory();
    const state = join(parent.path, 'deep', 'state');
    const lock = lockState(state);
    assert.equal(statSync(state).mode & 0o777, 0o700);
    assert.match(readFileSync(join(state, 'cumulet.pid'), 'utf8'), new RegExp(`^${process.pid}\n`));
    lock?.release();
  });
});
