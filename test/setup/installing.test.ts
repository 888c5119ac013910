import assert from 'node:assert/strict';
import { chmodSync, cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, it } from 'node:test';
import { projectDirectory, StartedProcess, temporaryDirectory } from './started-process.ts';

const stderrOf = async (script: string, environment: Record<string, string> = {}) =>
  (await new StartedProcess(['--input-type=module', '--eval', script], environment).ended).stderr;

const module = (name: string) => JSON.stringify(join(projectDirectory, 'setup', name));

describe('set-up', () => {
  it('names what is missing, why it is wanted and the exact command, and goes on', async () => {
    const stderr = await stderrOf(`
      const { ensureDebianPackages } = await import(${module('apt.mjs')});
      const wanted = [{ name: 'dpkg', why: 'is there' }, { name: 'no-such-one', why: 'a test' }];
      await ensureDebianPackages(wanted, false);
    `);
    assert.equal(
      stderr,
      'set-up: missing: no-such-one (a test)\n' +
        'set-up: CUMULET_INSTALL says no; going on without. To install, type: ' +
        'sudo apt-get install --no-install-recommends no-such-one\n',
    );
  });

  it('says nothing when nothing is missing', async () => {
    const stderr = await stderrOf(`
      const { ensureDebianPackages } = await import(${module('apt.mjs')});
      await ensureDebianPackages([{ name: 'dpkg', why: 'is there' }], true);
    `);
    assert.equal(stderr, '');
  });

  it('asks only for the packages of planes that are real', async () => {
    const stderr = await stderrOf(`
      const { packagesFor } = await import(${module('debian-packages.mjs')});
      const names = (...what) => packagesFor(...what).map(({ name }) => name).join(' ');
      console.error(names('up', { hypervisor: 'simulated', network: 'simulated' }));
      console.error(names('up', { network: 'user' }));
      console.error(names('other'));
      console.error(names('test').includes('qemu-system-x86'));
    `);
    assert.deepEqual(stderr.trimEnd().split('\n'), [
      'libatomic1 openssl qemu-utils genisoimage',
      'libatomic1 openssl qemu-system-x86 qemu-utils genisoimage',
      'libatomic1',
      'true',
    ]);
  });

  it('installs npm packages only when the lockfile asks for others', async () => {
    using copy = temporaryDirectory();
    const log = standInForNpm(copy.path);
    const environment = { PATH: `${join(copy.path, 'bin')}${delimiter}${process.env.PATH}` };
    const ensure = `
      const { ensureNpmPackages } = await import(${module('npm-packages.mjs')});
      await ensureNpmPackages(${JSON.stringify(copy.path)}, true, true);
    `;
    assert.equal(await stderrOf(ensure, environment), '');
    const lockfile = join(copy.path, 'package-lock.json');
    const lock = JSON.parse(readFileSync(lockfile, 'utf8'));
    lock.packages['node_modules/pino'].version = '99.0.0';
    writeFileSync(lockfile, JSON.stringify(lock));
    const stderr = await stderrOf(ensure, environment);
    assert.match(stderr, /^set-up: installing npm packages …\n/);
    assert.equal(readFileSync(log, 'utf8'), 'ci --no-audit --no-fund\n');
  });

  it('says how to get Node when npm left its binary out', async () => {
    using copy = temporaryDirectory();
    const log = standInForNpm(copy.path);
    chmodSync(join(copy.path, 'node_modules', '.bin', 'node'), 0o600);
    const environment = { PATH: `${join(copy.path, 'bin')}${delimiter}${process.env.PATH}` };
    const stderr = await stderrOf(
      `
      const { ensureNpmPackages } = await import(${module('npm-packages.mjs')});
      await ensureNpmPackages(${JSON.stringify(copy.path)}, true, true);
    `,
      environment,
    );
    assert.match(
      stderr,
      /has no binary\. To try .* type: npm rebuild node --ignore-scripts=false\n$/,
    );
    assert.equal(readFileSync(log, 'utf8'), 'rebuild node --ignore-scripts=false\n');
  });

  it('has a runner for CI that may be executed', () => {
    assert.ok(statSync(join(projectDirectory, '.ci', 'run')).mode & 0o100);
  });
});

/**
 * A project that looks installed, and an `npm` that only notes how it was called.
 * @returns the file in which it notes that
 */
function standInForNpm(directory: string): string {
  const modules = join(directory, 'node_modules');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  mkdirSync(join(directory, 'bin'));
  cpSync(join(projectDirectory, 'package-lock.json'), join(directory, 'package-lock.json'));
  const record = join(projectDirectory, 'node_modules', '.package-lock.json');
  cpSync(record, join(modules, '.package-lock.json'));
  writeFileSync(join(modules, '.bin', 'node'), '', { mode: 0o755 });
  const log = join(directory, 'npm.log');
  const script = `#!/bin/sh\necho "$@" >> '${log}'\n`;
  writeFileSync(join(directory, 'bin', 'npm'), script, { mode: 0o755 });
  return log;
}
