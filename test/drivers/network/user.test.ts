import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openUserNetwork } from '#drivers/network/user/user-network.ts';
import { networkContract } from './contract.ts';
import { networkSpec, portSpec, subnetSpec } from './specs.ts';

const open = () => openUserNetwork({ reason: 'not root' });

networkContract('user', async () => ({
  open,
  survivesReopening: false,
  askMetadata: () => Promise.reject(new Error('there is no metadata address')),
  close: async () => undefined,
}));

test('the hypervisor is told the subnet that the API gave', async () => {
  const driver = await open();
  const network = networkSpec();
  await driver.ensureNetwork(network);
  assert.deepEqual(await driver.plugPort(portSpec(network, 1)), {
    kind: 'user',
    subnetCidr: '10.42.0.0/16',
    gateway: '10.42.0.1',
    address: '10.42.0.11',
    dns: ['192.0.2.53'],
  });
});

test('what is lost is named, and a config drive stands in for the metadata address', async () => {
  const { facts } = await open();
  assert.equal(facts.metadataReachable, false);
  assert.match(facts.losses.join(' '), /reach each other.*Security groups.*config drive/);
});

test('a port without an IPv4 address is refused by name', async () => {
  const driver = await open();
  const network = networkSpec({ subnets: [subnetSpec({ cidr: 'fd00::/64', ipVersion: 6 })] });
  await driver.ensureNetwork(network);
  const port = portSpec(network, 1);
  await assert.rejects(driver.plugPort(port), new RegExp(port.id));
});
