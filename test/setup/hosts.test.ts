import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { ConfigError, readConfig } from '#base/config.ts';
import type { HypervisorFacts } from '#drivers/hypervisor/hypervisor.ts';
import { temporaryState } from '#test/state.ts';
import { describeHosts } from '../../src/cloud/host.ts';

const place = (workingDirectory: string) => ({ projectDirectory: '/project', workingDirectory });

function hostsOf(text: string, directory = '/') {
  return readConfig(['--hosts', text], {}, place(directory)).hosts;
}

/** The hosts of a file that holds this value. */
function hostsIn(value: unknown) {
  using state = temporaryState();
  writeFileSync(join(state.path, 'hosts.json'), JSON.stringify(value));
  return hostsOf('hosts.json', state.path);
}

describe('the hosts of a configuration', () => {
  test('are this machine when nothing is said', () => {
    assert.deepEqual(readConfig([], {}, place('/')).hosts, []);
  });

  test('are numbered when only their number is said', () => {
    const expected = [
      { name: 'host-1', zone: 'nova' },
      { name: 'host-2', zone: 'nova' },
    ];
    assert.deepEqual(hostsOf('2'), expected);
    assert.deepEqual(readConfig([], { CUMULET_HOSTS: '2' }, place('/')).hosts, expected);
  });

  test('are as a file says, each with what it names', () => {
    const hosts = [{ name: 'a' }, { name: 'b', zone: 'west', vcpus: 4, memoryRatio: 1.5 }];
    assert.deepEqual(hostsIn(hosts), [{ name: 'a', zone: 'nova' }, hosts[1]]);
  });

  test('may be written in YAML', () => {
    using state = temporaryState();
    writeFileSync(join(state.path, 'hosts.yaml'), '- name: a\n- name: b\n  zone: west\n');
    const expected = [
      { name: 'a', zone: 'nova' },
      { name: 'b', zone: 'west' },
    ];
    assert.deepEqual(hostsOf('hosts.yaml', state.path), expected);
    writeFileSync(join(state.path, 'broken.yaml'), '- name: "a\n');
    assert.throws(() => hostsOf('broken.yaml', state.path), /cannot be read/);
  });

  test('are refused in one sentence when they cannot be', () => {
    const refused: [unknown, RegExp][] = [
      [[], /1 to 1000/],
      [{ name: 'a' }, /list/],
      [[{ name: 'a:b' }], /letters/],
      [[{ name: '..' }], /letters/],
      [[{}], /name/],
      [['a'], /no member/],
      [[null], /name/],
      [[{ name: 'a' }, { name: 'a' }], /Two hosts are called "a"/],
      [[{ name: 'a', color: 'red' }], /no member "color"/],
      [[{ name: 'a', vcpus: 0 }], /vcpus of host "a"/],
      [[{ name: 'a', vcpus: 1.5 }], /vcpus of host "a"/],
      [[{ name: 'a', diskGib: '10' }], /diskGib of host "a"/],
    ];
    for (const [value, sentence] of refused) {
      assert.throws(() => hostsIn(value), sentence);
      assert.throws(() => hostsIn(value), ConfigError);
    }
    assert.throws(() => hostsOf('0'), /1 to 1000/);
    assert.throws(() => hostsOf('1001'), /1 to 1000/);
    assert.throws(() => hostsOf('/nowhere/hosts.json'), /cannot be read/);
  });
});

describe('the facts of hosts', () => {
  const facts: Omit<HypervisorFacts, 'kind'> = {
    version: '',
    accelerator: 'none',
    reason: '',
    losses: [],
  };

  test('are those that were configured, and the machine for the rest', () => {
    const setting = { name: 'a', zone: 'z', vcpus: 3 };
    const [host] = describeHosts('/', { ...facts, kind: 'qemu' }, [setting], true);
    assert.equal(host?.name, 'a');
    assert.equal(host?.availabilityZone, 'z');
    assert.equal(host?.vcpus, 3);
    assert.ok((host?.memoryMib ?? 0) > 0);
  });

  test('tell which hosts see the same disks: those with parts of their own have their own', () => {
    const two = ['a', 'b'].map((name) => ({ name, zone: 'nova' }));
    const disksOf = (isOneMachine: boolean) => {
      const hosts = describeHosts('/', { ...facts, kind: 'qemu' }, two, isOneMachine);
      return new Set(hosts.map(({ disks }) => disks));
    };
    assert.equal(disksOf(false).size, 2);
    assert.equal(disksOf(true).size, 1);
  });
});
