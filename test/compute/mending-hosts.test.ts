import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { limits } from '#base/limits.ts';
import { VirtualClock } from '#base/virtual-clock.ts';
import { startTestCloud } from '#test/cloud.ts';
import { createSeparateHosts } from '#test/separate-hosts.ts';
import { makeServer } from '#test/servers.ts';
import { openSilentTransport } from '#test/silent-transport.ts';

const names = ['one', 'two'];

test('a host that is silent keeps no other from being mended', async () => {
  const clock = new VirtualClock(Date.now());
  const machines = createSeparateHosts(names);
  const transport = openSilentTransport();
  const hosts = names.map((name) => ({ name }));
  const { openDrivers } = machines;
  await using cloud = await startTestCloud({ hosts, clock, openDrivers, transport });
  // One on each; the host that is asked first falls silent.
  const ids = [await makeServer(cloud), await makeServer(cloud)];
  const { hypervisor } = machines.of('two');
  const id = ids.find((own) => hypervisor.guests.has(own)) ?? '';
  assert.deepEqual(cloud.cloud.services.compute.agent.hosts(), names);
  hypervisor.deadWires.add(id);
  transport.cut('one', 'refused');
  for (let turn = 0; hypervisor.deadWires.has(id); turn += 1) {
    if (turn % 200 === 0) await clock.advance(limits.wiresComparisonMs);
    await setImmediate();
  }
  assert.equal(hypervisor.calls.get('reviveNics'), 1);
});
