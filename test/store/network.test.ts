import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readListQuery } from '#network/listing/query.ts';
import { createNetwork } from '#network/networks/create.ts';
import { listNetworks } from '#network/networks/list.ts';
import { createPort } from '#network/ports/create.ts';
import { deletePort } from '#network/ports/delete.ts';
import { listPorts } from '#network/ports/list.ts';
import { listScope } from '#policy/engine.ts';
import { type DatabaseUnderTest, eachDatabase } from '#test/databases.ts';
import {
  addressesOf,
  demo,
  makeNetwork,
  openService,
  permitted,
  refusal,
} from './network-service.ts';

function declareAllocation(under: DatabaseUnderTest): void {
  test('fifty ports asked for at once have fifty addresses and MACs', async () => {
    await using opened = await under.open();
    const service = await openService(opened.database);
    const { network } = await makeNetwork(service, '10.1.0.0/24');
    const ports = await Promise.all(
      Array.from({ length: 50 }, () =>
        createPort(service.context, demo, { networkId: network.id }),
      ),
    );
    assert.equal(new Set(addressesOf(ports)).size, 50);
    assert.equal(new Set(ports.map((port) => port.macAddress)).size, 50);
  });

  test('two processes on one database never give one address twice', async () => {
    await using opened = await under.open();
    const services = [await openService(opened.database), await openService(opened.database)];
    const [first] = services;
    assert.ok(first);
    const { network } = await makeNetwork(first, '10.1.0.0/24');
    const ports = await Promise.all(
      Array.from({ length: 20 }, (_, index) => {
        const service = services[index % 2] ?? first;
        return createPort(service.context, demo, { networkId: network.id });
      }),
    );
    assert.equal(new Set(addressesOf(ports)).size, 20);
  });

  test('a pool gives all its addresses, refuses the next port and takes one back', async () => {
    await using opened = await under.open();
    const service = await openService(opened.database);
    // .1 is the gateway's and .2 DHCP's; .3 to .6 are left.
    const { network } = await makeNetwork(service, '10.1.0.0/29');
    const ask = () => createPort(service.context, demo, { networkId: network.id });
    const ports = [await ask(), await ask(), await ask(), await ask()];
    assert.deepEqual(addressesOf(ports), ['10.1.0.3', '10.1.0.4', '10.1.0.5', '10.1.0.6']);
    await assert.rejects(ask(), refusal('IpAddressGenerationFailure'));
    const [, second] = ports;
    assert.ok(second);
    await deletePort(service.context, demo, permitted(second), 'req-1');
    assert.deepEqual(addressesOf([await ask()]), ['10.1.0.4']);
  });

  test('an address asked for is given once', async () => {
    await using opened = await under.open();
    const service = await openService(opened.database);
    const { network } = await makeNetwork(service, '10.1.0.0/24');
    const ask = () =>
      createPort(service.context, demo, {
        networkId: network.id,
        fixedIps: [{ address: '10.1.0.99' }],
      });
    const results = await Promise.allSettled([ask(), ask(), ask()]);
    assert.equal(results.filter((result) => result.status === 'fulfilled').length, 1);
    for (const result of results) {
      if (result.status === 'rejected') assert.ok(refusal('IpAddressInUse')(result.reason));
    }
  });

  test('the same address may be had on two networks', async () => {
    await using opened = await under.open();
    const service = await openService(opened.database);
    for (const _ of [1, 2]) {
      const { network } = await makeNetwork(service, '10.1.0.0/24');
      const fixedIps = [{ address: '10.1.0.99' }];
      await createPort(service.context, demo, { networkId: network.id, fixedIps });
    }
  });
}

function declareLists(under: DatabaseUnderTest): void {
  test('pages in any order join to the whole list, forwards and backwards', async () => {
    await using opened = await under.open();
    const { context } = await openService(opened.database);
    for (const name of ['b', 'a', 'c', 'a', 'b']) await createNetwork(context, demo, { name });
    const scope = listScope(demo, false, 'vpc:networks:list');
    const list = (query: object) => listNetworks(context, scope, readListQuery(query));
    for (const [sort_key, sort_dir] of [
      [[], []],
      ['name', 'asc'],
      ['name', 'desc'],
      [
        ['name', 'created_at'],
        ['desc', 'asc'],
      ],
    ]) {
      const sort = { sort_key, sort_dir };
      const whole = (await list(sort)).map((network) => network.id);
      assert.equal(whole.length, 5);
      const joined: string[] = [];
      for (;;) {
        const page = await list({ ...sort, limit: '2', marker: joined.at(-1) ?? '' });
        if (page.length === 0) break;
        joined.push(...page.map((network) => network.id));
      }
      assert.deepEqual(joined, whole);
      const back = await list({ ...sort, limit: '2', marker: whole[4], page_reverse: 'True' });
      assert.deepEqual(
        back.map((network) => network.id),
        whole.slice(2, 4),
      );
    }
  });

  test('ports are found by address, subnet, group, MAC and a part of the address', async () => {
    await using opened = await under.open();
    const service = await openService(opened.database);
    const { network, subnet } = await makeNetwork(service, '10.1.0.0/24');
    const port = await createPort(service.context, demo, { networkId: network.id, name: 'p' });
    await createPort(service.context, demo, { networkId: network.id, name: 'other' });
    const scope = listScope(demo, false, 'vpc:ports:list');
    const names = async (query: object) => {
      const ports = await listPorts(service.context, scope, readListQuery(query));
      return ports.map((one) => one.name);
    };
    const [address] = addressesOf([port]);
    assert.deepEqual(await names({ fixed_ips: `ip_address=${address}` }), ['p']);
    const both = [`ip_address=${address}`, `subnet_id=${subnet.id}`];
    assert.deepEqual(await names({ fixed_ips: both }), ['p']);
    assert.deepEqual(await names({ mac_address: port.macAddress.toUpperCase() }), ['p']);
    const [groupId] = port.securityGroupIds;
    assert.deepEqual(await names({ security_groups: groupId }), ['p', 'other']);
    const byPart = await names({ fixed_ips: 'ip_address_substr=10.1.0.' });
    assert.deepEqual(byPart, ['', 'p', 'other']);
    assert.deepEqual(await names({ name: ['p', 'other'], 'not-tags': 'x' }), ['p', 'other']);
    assert.deepEqual(await names({ name: 'p', tags: 'x' }), []);
  });
}

eachDatabase('networks', (under) => {
  declareAllocation(under);
  declareLists(under);
});
