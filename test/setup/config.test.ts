import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError, formatListen, parseListen, readConfig } from '#base/config.ts';
import { defaultSecurityRules } from '#base/config-security.ts';
import { settings } from '#base/settings.ts';

const dayMs = 24 * 3600_000;
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
      consoleUrl: null,
      database: 'sqlite',
      tinyImage: null,
      hosts: [],
      agentHost: null,
      reclaimAfterMs: 0,
      confirmAfterMs: 0,
      shelvedOffloadMs: 0,
      migrationBytesPerSecond: Number.POSITIVE_INFINITY,
      security: defaultSecurityRules,
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
      CUMULET_DEFERRED_DELETION: '3600',
      CUMULET_HOST: 'two',
      CUMULET_RESIZE_CONFIRM_WINDOW: '60',
      CUMULET_SHELVED_OFFLOAD: 'never',
      CUMULET_LIVE_MIGRATION_BANDWIDTH: '32',
      CUMULET_LOCKOUT_FAILURE_ATTEMPTS: '5',
      CUMULET_LOCKOUT_DURATION: '60',
      CUMULET_PASSWORD_EXPIRES_DAYS: '90',
      CUMULET_MINIMUM_PASSWORD_AGE: '1',
      CUMULET_UNIQUE_LAST_PASSWORD_COUNT: '4',
      CUMULET_PASSWORD_REGEX: '^.{8,}$',
      CUMULET_PASSWORD_REGEX_DESCRIPTION: 'eight characters or more',
      CUMULET_CHANGE_PASSWORD_UPON_FIRST_USE: 'yes',
      CUMULET_DISABLE_USER_ACCOUNT_DAYS_INACTIVE: '30',
    });
    assert.deepEqual(config, {
      listen: { host: '::1', port: 0 },
      stateDirectory: '/elsewhere/state',
      hypervisor: 'simulated',
      network: 'user',
      uplink: 'outside',
      logLevel: 'debug',
      publicUrl: 'https://cloud.example/base',
      consoleUrl: null,
      database: 'postgres://cumulet:word@db/cumulet',
      tinyImage: '/images/tiny.qcow2',
      hosts: [],
      agentHost: 'two',
      reclaimAfterMs: 3_600_000,
      confirmAfterMs: 60_000,
      shelvedOffloadMs: Number.POSITIVE_INFINITY,
      migrationBytesPerSecond: 32 * 1024 ** 2,
      security: {
        lockoutFailureAttempts: 5,
        lockoutDurationMs: 60_000,
        passwordExpiresMs: 90 * dayMs,
        minimumPasswordAgeMs: dayMs,
        uniqueLastPasswordCount: 4,
        passwordPattern: /^.{8,}$/u,
        passwordPatternDescription: 'eight characters or more',
        changePasswordUponFirstUse: true,
        disabledAfterInactiveMs: 30 * dayMs,
      },
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
    ['a time that is none', ['--deferred-deletion', '1h'], {}, /deferred-deletion is "1h"/],
    ['a time without end', ['--shelved-offload', '1e9'], {}, /shelved-offload is "1e9"/],
    ['a pattern that is none', ['--password-regex', '('], {}, /is no pattern/],
    ['too many days', ['--password-expires-days', '1e3'], {}, /whole number from 0 to 36500/],
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
