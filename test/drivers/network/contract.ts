import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import type { NetworkDriver, NetworkSpec, PortSpec } from '#drivers/network/network.ts';
import { externalNetworkSpec, networkSpec, portSpec, routerSpec } from './specs.ts';

/** One host for one test, on which drivers are opened one after another. */
export interface NetworkHarness {
  open(): Promise<NetworkDriver>;
  /** The wires outlive the driver. */
  survivesReopening: boolean;
  /** Reads all that the metadata service writes to the guest; rejects when it is refused. */
  askMetadata(driver: NetworkDriver, network: NetworkSpec, port: PortSpec): Promise<string>;
  /** Takes the host down, whatever is on it. */
  close(): Promise<void>;
}

type Promised = (driver: NetworkDriver, harness: NetworkHarness) => Promise<void>;

const nothing = { networkIds: [], routerIds: [], portIds: [] };

/** What every network driver promises. `makeHarness` gives each test a host of its own. */
export function networkContract(name: string, makeHarness: () => Promise<NetworkHarness>): void {
  const promise = (sentence: string, body: Promised) =>
    test(sentence, async () => {
      const harness = await makeHarness();
      try {
        const driver = await harness.open();
        await body(driver, harness).finally(() => driver.close());
      } finally {
        await harness.close();
      }
    });

  describe(`${name} network driver`, () => {
    promise('says what was chosen and what is lost', async (driver) => {
      assert.equal(driver.facts.kind, name);
      assert.match(driver.facts.reason, /\w+ \w+/);
      for (const loss of driver.facts.losses) assert.match(loss, /\.$/);
    });
    promise('makes the same thing however often it is asked', makesTheSame);
    promise('leaves nothing after everything was removed', leavesNothing);
    promise('takes everything down at once, ports in use too', async (driver) => {
      const network = networkSpec();
      await driver.ensureNetwork(network);
      await driver.plugPort(portSpec(network, 1));
      await driver.removeAll();
      assert.deepEqual(await driver.inventory(), nothing);
    });
    promise('refuses a port on a network that was not ensured', async (driver) => {
      await assert.rejects(driver.plugPort(portSpec(networkSpec(), 1)), /not wired/);
    });
    promise('updates only ports that are plugged', async (driver) => {
      const network = networkSpec();
      await driver.ensureNetwork(network);
      await driver.updatePort(portSpec(network, 1));
      assert.deepEqual((await driver.inventory()).portIds, []);
    });
    promise('finds its wires again when it is opened again', findsAgain);
    promise('hands over guests that ask for metadata, with network and address', handsOver);
  });
}

const makesTheSame: Promised = async (driver) => {
  const network = networkSpec();
  const outside = externalNetworkSpec();
  const router = routerSpec(network, outside);
  const port = portSpec(network, 1);
  for (let round = 0; round < 2; round += 1) {
    await Promise.all([driver.ensureNetwork(network), driver.ensureNetwork(outside)]);
    await driver.ensureRouter(router);
  }
  const first = await driver.plugPort(port);
  assert.deepEqual(await driver.plugPort(port), first);
  await driver.updatePort(port);
  assert.deepEqual(await driver.inventory(), {
    networkIds: [network.id, outside.id].sort(),
    routerIds: [router.id],
    portIds: [port.id],
  });
};

const leavesNothing: Promised = async (driver) => {
  const network = networkSpec();
  const outside = externalNetworkSpec();
  const router = routerSpec(network, outside);
  const ports = [portSpec(network, 1), portSpec(network, 2)];
  await Promise.all([driver.ensureNetwork(network), driver.ensureNetwork(outside)]);
  await driver.ensureRouter(router);
  await Promise.all(ports.map((port) => driver.plugPort(port)));
  for (let round = 0; round < 2; round += 1) {
    await Promise.all(ports.map((port) => driver.unplugPort(port.id)));
    await driver.removeRouter(router.id);
    await Promise.all([driver.removeNetwork(network.id), driver.removeNetwork(outside.id)]);
    assert.deepEqual(await driver.inventory(), nothing);
  }
  await driver.unplugPort(randomUUID());
};

const findsAgain: Promised = async (driver, harness) => {
  if (!harness.survivesReopening) return;
  const network = networkSpec();
  const port = portSpec(network, 1);
  await driver.ensureNetwork(network);
  const attachment = await driver.plugPort(port);
  const before = await driver.inventory();
  await driver.close();
  const again = await harness.open();
  assert.deepEqual(await again.inventory(), before);
  await again.ensureNetwork(network);
  assert.deepEqual(await again.plugPort(port), attachment);
  await again.unplugPort(port.id);
  await again.removeNetwork(network.id);
  assert.deepEqual(await again.inventory(), nothing);
  await again.close();
};

const handsOver: Promised = async (driver, harness) => {
  if (!driver.facts.metadataReachable) return;
  const network = networkSpec();
  const port = portSpec(network, 1);
  await driver.ensureNetwork(network);
  await driver.plugPort(port);
  await assert.rejects(harness.askMetadata(driver, network, port));
  driver.onGuestConnection(({ socket, networkId, address }) => {
    socket.end(`${networkId} ${address}`);
  });
  const answer = await harness.askMetadata(driver, network, port);
  assert.equal(answer, `${network.id} ${port.fixedIps[0]?.address}`);
};
