import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError, formatListen, parseListen, readConfig } from '#base/config.ts';
import { settings } from '#base/settings.ts';

const place = { projectDirectory: '/project', workingDirectory: '/elsewhere' };
const read = (args: string[], environment: Record<string, string> = {}) =>
  readConfig(args, environment, place);

describe('the configuration', () => {
  it('is whole without any flag or variable', () => {
    assert.deepEqual(read([]), {
      listen: { host: '127.0.0.1', port: 8774 },
      stateDirectory: '/project/.cumulet',
      hypervisor: 'auto',
      network: 'auto',
      uplink: 'host',
      logLevel: 'info',
      publicUrl: null,
      database: 'sqlite',
      tinyImage: null,
      hosts: [],
    });
  });

  it('reads every setting from the environment', () => {
    const config = read([], {
      CUMULET_LISTEN: '[::1]:0',
      CUMULET_STATE: 'state',
      CUMULET_HYPERVISOR: 'simulated',
      CUMULET_NETWORK: 'user',
      CUMULET_UPLINK: 'outside',
      CUMULET_LOG_LEVEL: 'debug',
      CUMULET_PUBLIC_URL: 'https://cloud.example/base/',
      CUMULET_DATABASE: 'postgres://cumulet:word@db/cumulet',
      CUMULET_TINY_IMAGE: '/images/tiny.qcow2',
    });
    assert.deepEqual(config, {
      listen: { host: '::1', port: 0 },
      stateDirectory: '/elsewhere/state',
      hypervisor: 'simulated',
      network: 'user',
      uplink: 'outside',
      logLevel: 'debug',
      publicUrl: 'https://cloud.example/base',
      database: 'postgres://cumulet:word@db/cumulet',
      tinyImage: '/images/tiny.qcow2',
      hosts: [],
    });
  });

  it('lets a flag win over the environment, and an empty variable count as absent', () => {
    const environment = { CUMULET_HYPERVISOR: 'qemu', CUMULET_NETWORK: '' };
    const config = read(['--hypervisor', 'simulated', '--listen=localhost:1'], environment);
    assert.equal(config.hypervisor, 'simulated');
    assert.equal(config.network, 'auto');
    assert.deepEqual(config.listen, { host: 'localhost', port: 1 });
  });

  const refused: [string, string[], Record<string, string>, RegExp][] = [
    ['a choice that is none', ['--network', 'ovs'], {}, /--network is "ovs".*auto, linux, user/],
    ['a variable that is no choice', [], { CUMULET_LOG_LEVEL: 'loud' }, /^CUMULET_LOG_LEVEL is/],
    ['an unknown flag', ['--colour', 'red'], {}, /'--colour'; see --help\.$/],
    ['a flag without its value', ['--state'], {}, /--state.*see --help\.$/],
    ['a word that is no flag', ['twice'], {}, /'twice'.*see --help\.$/],
    [
      'a database of another kind',
      ['--database', 'mysql://a:secret@b/c'],
      {},
      /^The database must/,
    ],
    ['a password on the command line', ['--database', 'postgres://a:secret@b/c'], {}, /no place/],
    ['a public URL that is no URL', ['--public-url', 'cloud.example'], {}, /"cloud\.example"/],
  ];
  for (const [what, args, environment, sentence] of refused) {
    it(`refuses ${what} in one sentence that holds no secret`, () => {
      assert.throws(
        () => read(args, environment),
        (error) => {
          assert.ok(error instanceof ConfigError);
          assert.match(error.message, sentence);
          assert.doesNotMatch(error.message, /\n|secret/);
          return true;
        },
      );
    });
  }

  it('names each setting once, as a flag and as the variable of the same name', () => {
    for (const { name, variable, describe: sentence } of settings) {
      assert.equal(variable, `CUMULET_${name.toUpperCase().replaceAll('-', '_')}`);
      assert.ok(sentence.length > 0);
    }
    assert.equal(new Set(settings.map(({ name }) => name)).size, settings.length);
  });
});

describe('a listen address', () => {
  for (const text of ['127.0.0.1:8774', '0.0.0.0:0', '[::]:65535', 'localhost:80']) {
    it(`${text} is read, and written as it was`, () => {
      assert.equal(formatListen(parseListen(text)), text);
    });
  }

  const bad = ['', '8774', ':8774', '127.0.0.1', '::1:8774', '[127.0.0.1]:1', 'a:65536', 'a b:1'];
  for (const text of [...bad, 'a:-1', 'http://a:1']) {
    it(`${JSON.stringify(text)} is refused`, () => {
      assert.throws(() => parseListen(text), ConfigError);
    });
  }
});
