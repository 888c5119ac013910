import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { startMain, temporaryDirectory } from './started-process.ts';

const ready = /^cumulet ready (http:\/\/127\.0\.0\.1:\d+) in \d+ ms\n/m;
const firstServer = /openstack server create .*\n/;

function environmentFor(stateDirectory: string): Record<string, string> {
  return {
    CUMULET_LISTEN: '127.0.0.1:0',
    CUMULET_STATE: stateDirectory,
    CUMULET_HYPERVISOR: 'simulated',
    CUMULET_NETWORK: 'simulated',
  };
}

describe('cumulet up', () => {
  it('says when it is ready, and what to paste to boot a first server', async () => {
    using state = temporaryDirectory();
    await using cloud = startMain(['up'], environmentFor(state.path));
    await cloud.prints(ready);
    await cloud.prints(firstServer);
    const { exitCode, stdout } = await cloud.signal('SIGTERM');
    assert.equal(exitCode, 0);
    const lines = stdout.slice(stdout.search(ready)).split('\n').slice(1, 4);
    assert.deepEqual(lines, [
      `export OS_CLIENT_CONFIG_FILE=${join(state.path, 'clouds.yaml')}`,
      'export OS_CLOUD=cumulet',
      'openstack server create --image tiny --flavor m1.nano --network private --wait first',
    ]);
    for (const name of ['clouds.yaml', 'openrc', 'openrc-admin', join('logs', 'cumulet.log')]) {
      assert.equal(statSync(join(state.path, name)).mode & 0o777, 0o600, name);
    }
  });

  it('answers on the URL it prints', async () => {
    using state = temporaryDirectory();
    await using cloud = startMain(['up'], environmentFor(state.path));
    const [, url] = await cloud.prints(ready);
    const response = await fetch(`${url}/v3/auth/tokens`);
    assert.equal(response.status, 401);
    await response.body?.cancel();
  });

  it('refuses a second process on the same state directory, and says who is there', async () => {
    using state = temporaryDirectory();
    await using cloud = startMain(['up'], environmentFor(state.path));
    await cloud.prints(ready);
    const second = await startMain(['up'], environmentFor(state.path)).ended;
    assert.equal(second.exitCode, 1);
    assert.match(second.stderr, new RegExp(`in use by process ${cloud.processId}; stop it`));
  });

  it('starts again after kill -9', async () => {
    using state = temporaryDirectory();
    const killed = startMain(['up'], environmentFor(state.path));
    await killed.prints(ready);
    await killed.signal('SIGKILL');
    await using cloud = startMain(['up'], environmentFor(state.path));
    await cloud.prints(ready);
  });

  it('ends on INT and on several signals at once as on one', async () => {
    using state = temporaryDirectory();
    await using cloud = startMain(['up'], environmentFor(state.path));
    await cloud.prints(ready);
    void cloud.signal('SIGINT');
    void cloud.signal('SIGTERM');
    const { exitCode } = await cloud.signal('SIGINT');
    assert.equal(exitCode, 0);
  });

  it('logs no password', async () => {
    using state = temporaryDirectory();
    await using cloud = startMain(['up'], environmentFor(state.path));
    await cloud.prints(firstServer);
    const { stdout } = await cloud.signal('SIGTERM');
    const clouds = readFileSync(join(state.path, 'clouds.yaml'), 'utf8');
    const passwords = [...clouds.matchAll(/password: ["']?([^\s"']+)/g)].map(([, word]) => word);
    assert.ok(passwords.length >= 2);
    const log = readFileSync(join(state.path, 'logs', 'cumulet.log'), 'utf8');
    for (const word of passwords) assert.ok(word && !log.includes(word) && !stdout.includes(word));
  });
});

describe('cumulet stop', () => {
  it('ends the serving process and waits until it is gone', async () => {
    using state = temporaryDirectory();
    await using cloud = startMain(['up'], environmentFor(state.path));
    await cloud.prints(ready);
    const stop = await startMain(['stop'], environmentFor(state.path)).ended;
    assert.equal(stop.exitCode, 0);
    assert.match(stop.stdout, /running servers stay/);
    assert.equal((await cloud.ended).exitCode, 0);
  });

  it('ends servers too when asked, whether or not the cloud was serving', async () => {
    using state = temporaryDirectory();
    await using cloud = startMain(['up'], environmentFor(state.path));
    await cloud.prints(ready);
    for (const _ of ['serving', 'not serving']) {
      const stop = await startMain(['stop', '--servers'], environmentFor(state.path)).ended;
      assert.equal(stop.exitCode, 0, stop.stderr);
      assert.match(stop.stdout, /servers and networks with it/);
    }
  });

  it('has nothing to do where there is no state', async () => {
    using parent = temporaryDirectory();
    const stop = await startMain(['stop'], environmentFor(join(parent.path, 'none'))).ended;
    assert.equal(stop.exitCode, 0);
    assert.match(stop.stdout, /^nothing to stop/);
  });
});
