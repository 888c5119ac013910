import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { startTestCloud } from '#test/cloud.ts';
import { createSimulatedHosts } from '#test/hosts.ts';

/** More than the ending of servers takes when it waits for nobody. */
const manyTurns = 100;

test('stopping servers leaves no wire, though networks are just being made', async () => {
  const hosts = createSimulatedHosts();
  const begun = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const openDrivers = async () => {
    const drivers = await hosts.openDrivers();
    const ensureNetwork = drivers.network.ensureNetwork.bind(drivers.network);
    drivers.network.ensureNetwork = async (network) => {
      begun.resolve();
      await goOn.promise;
      await ensureNetwork(network);
    };
    return drivers;
  };
  await using test = await startTestCloud({ openDrivers });
  await begun.promise;
  const stopping = test.cloud.stopServers();
  for (let turn = 0; turn < manyTurns; turn += 1) await nextTurn();
  goOn.resolve();
  await stopping;
  await test.cloud.services.networks.converged();
  assert.deepEqual([...hosts.network.networks.keys()], []);
  assert.deepEqual([...hosts.network.routers.keys()], []);
});
