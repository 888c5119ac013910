import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { settings } from '#base/settings.ts';
import { startMain } from './started-process.ts';

describe('the command line', () => {
  it('prints every option with its variable for --help, wherever it stands', async () => {
    for (const args of [['--help'], ['help'], ['up', '--help']]) {
      const { exitCode, stdout } = await startMain(args).ended;
      assert.equal(exitCode, 0);
      for (const { name, variable } of settings) {
        assert.ok(stdout.includes(`--${name} <`) && stdout.includes(variable));
      }
      assert.ok(stdout.split('\n').every((line) => line.length <= 100));
    }
  });

  it('prints its version', async () => {
    const { exitCode, stdout } = await startMain(['--version']).ended;
    assert.equal(exitCode, 0);
    assert.match(stdout, /^cumulet \d+\.\d+\.\d+\n$/);
  });

  it('answers an unknown command with help and exit code 2', async () => {
    const { exitCode, stdout, stderr } = await startMain(['upp']).ended;
    assert.equal(exitCode, 2);
    assert.equal(stdout, '');
    assert.match(stderr, /^cumulet: there is no command "upp"\.\n.*usage:/s);
  });

  it('answers a bad value with one sentence and exit code 2', async () => {
    const { exitCode, stdout, stderr } = await startMain(['up', '--listen', 'here']).ended;
    assert.equal(exitCode, 2);
    assert.equal(stdout, '');
    assert.match(stderr, /^cumulet: The listen address "here" must be .*\.\n$/);
  });

  it('takes the switch of a command only at that command', async () => {
    const { exitCode, stderr } = await startMain(['up', '--servers']).ended;
    assert.equal(exitCode, 2);
    assert.match(stderr, /'--servers'; see --help/);
  });
});
