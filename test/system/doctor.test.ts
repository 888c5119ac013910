import assert from 'node:assert/strict';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { playGuest } from '#test/guest-process.ts';
import { startMain, temporaryDirectory } from '../setup/started-process.ts';

const running = '22222222-2222-4222-8222-222222222222';
const stray = '11111111-1111-4111-8111-111111111111';

function environmentFor(stateDirectory: string, parts: Record<string, string>) {
  return { CUMULET_LISTEN: '127.0.0.1:0', CUMULET_STATE: stateDirectory, ...parts };
}

const fine = 'the hosts are as the database says\n';
const simulated = { CUMULET_HYPERVISOR: 'simulated', CUMULET_NETWORK: 'simulated' };
const real = { CUMULET_HYPERVISOR: 'qemu', CUMULET_NETWORK: 'linux' };

test('the command doctor needs a database, and asks the process that serves it', async () => {
  using state = temporaryDirectory();
  const environment = environmentFor(state.path, simulated);
  const early = await startMain(['doctor'], environment).ended;
  assert.equal(early.exitCode, 1);
  assert.match(early.stderr, /^cumulet: There is no database .*\.\n$/);
  await using cloud = startMain(['up'], environment);
  await cloud.prints(/^cumulet ready /m);
  const folder = join(state.path, 'hosts', 'former');
  mkdirSync(join(folder, 'disks'), { recursive: true });
  writeFileSync(join(folder, 'disks', `${stray}.qcow2`), '');
  const place = 'host former, which is not configured';
  const lines = [`${place}: disks of no server ${stray}`, `${place}: folder ${folder}`];
  const asked = await startMain(['doctor'], environment).ended;
  const told = [...lines, '2 differences are left', ''];
  assert.deepEqual([asked.exitCode, asked.stdout.split('\n')], [1, told]);
  const fixed = await startMain(['doctor', '--fix'], environment).ended;
  const done = [...lines.map((line) => `${line}, removed`), fine];
  assert.deepEqual([fixed.exitCode, fixed.stdout], [0, done.join('\n')]);
  assert.equal(existsSync(folder), false);
  await cloud.signal('SIGTERM');
  const { exitCode, stdout } = await startMain(['doctor'], environment).ended;
  assert.deepEqual([exitCode, stdout], [0, fine]);
});

test('the command doctor finds and removes what is foreign on real hosts', async () => {
  using state = temporaryDirectory();
  const environment = environmentFor(state.path, real);
  const run = (...args: string[]) => startMain(args, environment).ended;
  await using cloud = startMain(['up'], environment);
  await cloud.prints(/^cumulet ready /m);
  await cloud.signal('SIGTERM');
  try {
    assert.equal((await run('doctor')).exitCode, 0);
    writeFileSync(join(state.path, 'disks', `${stray}.qcow2`), '');
    mkdirSync(join(state.path, 'guests', stray), { recursive: true });
    // A process of which nobody would know but for where it stands.
    using orphan = await playGuest(state.path, running);
    rmSync(join(state.path, 'guests', running), { recursive: true });
    const database = new DatabaseSync(join(state.path, 'cumulet.sqlite'));
    database.exec('pragma foreign_keys = off; delete from routers; delete from networks');
    database.close();
    const told = await run('doctor');
    assert.equal(told.exitCode, 1);
    for (const what of ['guest', 'disks']) {
      assert.match(told.stdout, new RegExp(`^host \\S+: ${what} of no server ${stray}$`, 'm'));
    }
    assert.match(told.stdout, /^networks: router that nobody knows [0-9a-f-]{36}$/m);
    assert.match(told.stdout, /^networks: network that nobody knows [0-9a-f-]{36}$/m);
    assert.match(told.stdout, new RegExp(`^host \\S+: guest of no server ${running}$`, 'm'));
    const fixed = await run('doctor', '--fix');
    assert.equal(await orphan.signalName, 'SIGKILL');
    assert.equal(fixed.exitCode, 0, fixed.stdout + fixed.stderr);
    assert.match(fixed.stdout, /removed\n/);
    const after = await run('doctor');
    assert.deepEqual([after.exitCode, after.stdout], [0, 'the hosts are as the database says\n']);
  } finally {
    await run('stop', '--servers');
  }
});
