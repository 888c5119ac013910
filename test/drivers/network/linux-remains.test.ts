import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { describe, test } from 'node:test';
import {
  ip,
  nft,
  readLink,
  readLinks,
  removeLink,
  removeNamespace,
  runIn,
} from '#drivers/network/linux/in-namespace.ts';
import type { LinuxNetwork } from '#drivers/network/linux/linux-network.ts';
import {
  idOfAlias,
  networkNamespace,
  switchNamespace,
  uplinkLegName,
  uplinkTableName,
} from '#drivers/network/linux/names.ts';
import type { KnownWires, NetworkSpec } from '#drivers/network/network.ts';
import { type LinuxLab, leftOnHost, withLab } from './linux-lab.ts';
import { externalNetworkSpec, networkSpec, portSpec } from './specs.ts';

const nothing: KnownWires = { networkIds: [], portIds: [] };

/** Takes away all by which the instance would know the network again. */
async function forget({ instanceId }: LinuxLab, { id }: NetworkSpec): Promise<void> {
  const place = switchNamespace(instanceId);
  for (const link of await readLinks(place)) {
    if (idOfAlias('network', link.ifalias) === id) await removeLink(place, link.ifname);
  }
  rmSync(`/run/cumulet/${instanceId}/networks/${id}`, { recursive: true });
}

async function whatRemains(driver: LinuxNetwork, known = nothing): Promise<string[]> {
  return (await driver.remains(known)).map(({ what, name }) => `${what} ${name}`);
}

async function removeAll(driver: LinuxNetwork): Promise<void> {
  for (const remain of await driver.remains(nothing)) await remain.remove();
  assert.deepEqual(await whatRemains(driver), []);
}

describe('what is left of Linux wires, and no id leads to', { concurrency: 2 }, () => {
  test('is not what a network, a router or a port has', () =>
    withLab(async (lab, driver) => {
      const [inside, outside] = [networkSpec(), externalNetworkSpec()];
      for (const network of [inside, outside]) await driver.ensureNetwork(network);
      await lab.unconfiguredGuest(driver, portSpec(inside, 1));
      assert.deepEqual(await whatRemains(driver), []);
    }));

  test('is a tap without the name of its port', () =>
    withLab(async (lab, driver) => {
      const place = switchNamespace(lab.instanceId);
      await ip(place, ['tuntap add dev tap0badcafe000 mode tap']);
      assert.deepEqual(await whatRemains(driver), ['tap of no port tap0badcafe000']);
      await removeAll(driver);
      assert.equal(await readLink(place, 'tap0badcafe000'), null);
    }));

  test('is a dnsmasq whose network is gone', () =>
    withLab(async (lab, driver) => {
      const network = networkSpec();
      await driver.ensureNetwork(network);
      await forget(lab, network);
      try {
        const known = { ...nothing, networkIds: [network.id] };
        assert.deepEqual(await whatRemains(driver, known), []);
        const [found, ...more] = await whatRemains(driver);
        assert.match(found ?? '', /^dnsmasq of no network, process \d+$/);
        assert.deepEqual(more, []);
        await removeAll(driver);
        const left = await leftOnHost([network.id]);
        assert.deepEqual(left, [networkNamespace(network.id)]);
      } finally {
        await removeNamespace(networkNamespace(network.id));
      }
    }));

  test('is a way out in the host’s nftables, and a table that is for none', () =>
    withLab(async (lab, driver) => {
      const network = externalNetworkSpec();
      await driver.ensureNetwork(network);
      await forget(lab, network);
      const leg = uplinkLegName(network.id);
      assert.deepEqual(await whatRemains(driver), [`way out of no network ${leg}`]);
      await removeAll(driver);
      const table = `inet ${uplinkTableName(lab.instanceId)}`;
      const tables = async () => (await runIn(lab.uplink, 'nft', ['list', 'tables'])).stdout;
      assert.doesNotMatch(await tables(), new RegExp(table));
      await driver.ensureNetwork(network);
      await nft(lab.uplink, [`delete element ${table} legs { "${leg}" }`]);
      await forget(lab, network);
      assert.deepEqual(await whatRemains(driver), [`nftables table of no network ${table}`]);
      await removeAll(driver);
      assert.doesNotMatch(await tables(), new RegExp(table));
    }));
});
