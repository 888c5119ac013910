import assert from 'node:assert/strict';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import {
  openSimulatedNetwork,
  SimulatedNetwork,
  SimulatedNetworkHost,
} from '#drivers/network/simulated/simulated-network.ts';
import { networkContract } from './contract.ts';
import { networkSpec, portSpec } from './specs.ts';

networkContract('simulated', async () => {
  const host = new SimulatedNetworkHost();
  return {
    open: () => openSimulatedNetwork(host),
    survivesReopening: true,
    askMetadata: async (driver, network, port) => {
      assert.ok(driver instanceof SimulatedNetwork);
      return text(await driver.connectGuest(network.id, port.fixedIps[0]?.address ?? ''));
    },
    close: async () => undefined,
  };
});

test('a fault before the work leaves the host as it was', async () => {
  const host = new SimulatedNetworkHost();
  const driver = await openSimulatedNetwork(host);
  host.failNext('ensureNetwork', { error: new Error('no room') });
  await assert.rejects(driver.ensureNetwork(networkSpec()), /no room/);
  assert.equal(host.networks.size, 0);
  await driver.ensureNetwork(networkSpec());
  assert.equal(host.networks.size, 1);
});

test('a fault after the work loses only the answer', async () => {
  const host = new SimulatedNetworkHost();
  const driver = await openSimulatedNetwork(host);
  const network = networkSpec();
  await driver.ensureNetwork(network);
  host.failNext('plugPort', { when: 'after', times: 2 });
  const port = portSpec(network, 1);
  await assert.rejects(driver.plugPort(port), /simulated failure/);
  await assert.rejects(driver.plugPort(port), /simulated failure/);
  await driver.plugPort(port);
  assert.deepEqual([...host.ports.keys()], [port.id]);
  assert.equal(host.calls.get('plugPort'), 3);
});
