import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCpuFacts, readCpuFacts } from '../../src/cloud/cpu-facts.ts';

test("a host's processors are described as its kernel does", () => {
  const processor = (number: number, socket: number) =>
    [
      `processor\t: ${number}`,
      'vendor_id\t: GenuineIntel',
      'model name\t: Xeon: fast',
      `physical id\t: ${socket}`,
      'cpu cores\t: 2',
      'flags\t\t: fpu vme',
    ].join('\n');
  const text = [0, 1, 2, 3, 4, 5, 6, 7].map((number) => processor(number, number % 2)).join('\n\n');
  assert.deepEqual(parseCpuFacts(`${text}\n\n`), {
    model: 'Xeon: fast',
    vendor: 'GenuineIntel',
    features: ['fpu', 'vme'],
    topology: { sockets: 2, cores: 2, threads: 2 },
  });
});

test('what the kernel does not tell is unknown, and this machine has a processor', () => {
  const { model, vendor, features, topology } = parseCpuFacts('');
  assert.deepEqual([model, vendor, features], ['unknown', 'unknown', []]);
  assert.ok(topology.threads >= 1);
  const own = readCpuFacts().topology;
  assert.ok(own.sockets * own.cores * own.threads >= 1);
});
