import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '#base/clock.ts';
import { ApiError } from '#base/errors.ts';
import { randomIds } from '#base/ids.ts';
import { silentLog } from '#base/log.ts';
import type { Database } from '#db/database.ts';
import {
  openSimulatedNetwork,
  SimulatedNetworkHost,
} from '#drivers/network/simulated/simulated-network.ts';
import { readListQuery } from '#network/listing/query.ts';
import { createNetwork } from '#network/networks/create.ts';
import { listNetworks } from '#network/networks/list.ts';
import { createPort } from '#network/ports/create.ts';
import { deletePort } from '#network/ports/delete.ts';
import { listPorts } from '#network/ports/list.ts';
import type { Port } from '#network/ports/port.ts';
import { createRule } from '#network/security-group-rules/create.ts';
import { createNetworks, type NetworkService } from '#network/service.ts';
import { createSubnet } from '#network/subnets/create.ts';
import { type Actor, systemActor } from '#policy/actor.ts';
import { allow, listScope } from '#policy/engine.ts';
import { type DatabaseUnderTest, eachDatabase } from '#test/databases.ts';

const projects = { adminProjectId: 'project-admin', demoProjectId: 'project-demo' };
const admin = systemActor(projects.adminProjectId);
const demo: Actor = { ...systemActor(projects.demoProjectId), roles: ['member'] };

async function openService(
  database: Database,
  host = new SimulatedNetworkHost(),
): Promise<NetworkService> {
  const driver = await openSimulatedNetwork(host);
  return createNetworks({
    database,
    clock: systemClock,
    ids: randomIds,
    log: silentLog,
    driver,
  });
}

/** A network of demo's with one subnet. */
async function makeNetwork(service: NetworkService, cidr: string, more: object = {}) {
  const network = await createNetwork(service.context, demo, { name: cidr });
  const wanted = { networkId: network.id, ipVersion: 4 as const, cidr, ...more };
  const subnet = await createSubnet(service.context, demo, wanted);
  return { network, subnet };
}

function permitted(port: Port) {
  const target = allow(demo, port, () => true);
  assert.ok(target);
  return target;
}

const refusal = (code: string) => (error: unknown) =>
  error instanceof ApiError && error.code === code;

function addressesOf(ports: readonly Port[]): string[] {
  return ports.flatMap((port) => port.fixedIps.map((one) => one.address));
}

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
    await deletePort(service.context, demo, permitted(second));
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

function declareServers(under: DatabaseUnderTest): void {
  test('a server gets its ports once, in their order, and gives them back', async () => {
    await using opened = await under.open();
    const service = await openService(opened.database);
    const { network } = await makeNetwork(service, '10.1.0.0/24');
    const own = await createPort(service.context, demo, { networkId: network.id, name: 'own' });
    const requests = [{ networkId: network.id, fixedIp: '10.1.0.50' }, { portId: own.id }];
    const plans = await service.planAttachments(demo, requests, []);
    const attach = async (index: number) => {
      const plan = plans[index];
      assert.ok(plan);
      const server = { serverId: 'server-1', projectId: projects.demoProjectId, hostname: 'web' };
      return service.attachPort({ ...server, index, plan });
    };
    const [first, again] = [await attach(0), await attach(0)];
    assert.equal(first.id, again.id);
    assert.equal((await attach(1)).id, own.id);
    const ports = (await service.portsOf(['server-1', 'server-2'])).get('server-1') ?? [];
    assert.deepEqual(
      ports.map((port) => [port.index, port.fixedIps[0]?.address, port.networkName]),
      [
        [0, '10.1.0.50', '10.1.0.0/24'],
        [1, '10.1.0.3', '10.1.0.0/24'],
      ],
    );
    assert.deepEqual(
      ports[0]?.securityGroups.map((group) => group.name),
      ['default'],
    );
    const holder = await service.portByAddress(network.id, '10.1.0.50');
    assert.deepEqual(holder, { portId: first.id, serverId: 'server-1', projectId: 'project-demo' });
    await assert.rejects(service.planAttachments(demo, [{ portId: own.id }], []), (error) =>
      refusal('PortInUse')(error),
    );
    await service.releasePorts('server-1');
    await service.releasePorts('server-1');
    assert.equal((await service.portsOf(['server-1'])).size, 0);
    assert.equal(await service.portByAddress(network.id, '10.1.0.50'), undefined);
    // The user's own port is theirs still, and free for another server.
    await service.planAttachments(demo, [{ portId: own.id }], []);
  });

  test('a plan chooses the only network and refuses what Nova refuses', async () => {
    await using opened = await under.open();
    const service = await openService(opened.database);
    const { planAttachments } = service;
    assert.deepEqual(await planAttachments(demo, undefined, []), []);
    await assert.rejects(planAttachments(demo, 'auto', []), refusal('UnableToAutoAllocateNetwork'));
    await service.seed(projects);
    for (const actor of [demo, admin]) {
      assert.equal((await planAttachments(actor, undefined, [])).length, 1);
      assert.equal((await planAttachments(actor, 'auto', ['default'])).length, 1);
      assert.deepEqual(await planAttachments(actor, 'none', []), []);
    }
    const scope = listScope(admin, true, 'vpc:networks:list');
    const networks = await listNetworks(service.context, scope, readListQuery({}));
    const idOf = (name: string) => networks.find((one) => one.name === name)?.id ?? '';
    const bare = await createNetwork(service.context, demo, { name: 'bare' });
    const refusals: [object, string][] = [
      [{ networkId: 'missing' }, 'NetworkNotFound'],
      [{ networkId: idOf('public') }, 'ExternalNetworkAttachForbidden'],
      [{ networkId: bare.id }, 'NetworkRequiresSubnet'],
      [{ networkId: idOf('private'), fixedIp: '10.43.0.1' }, 'FixedIpInvalid'],
      [{ networkId: idOf('private'), fixedIp: 'x' }, 'FixedIpInvalid'],
      [{ networkId: idOf('private'), fixedIp: '10.42.0.2' }, 'FixedIpAlreadyInUse'],
      [{ portId: 'missing' }, 'PortNotFound'],
    ];
    for (const [request, code] of refusals) {
      await assert.rejects(planAttachments(demo, [request], []), refusal(code), code);
    }
    await assert.rejects(
      planAttachments(demo, undefined, ['missing']),
      refusal('SecurityGroupNotFound'),
    );
    await makeNetwork(service, '10.1.0.0/24');
    await assert.rejects(planAttachments(demo, undefined, []), refusal('NetworkAmbiguous'));
  });

  test('wiring says what the driver must know, with groups resolved to addresses', async () => {
    await using opened = await under.open();
    const service = await openService(opened.database);
    await service.seed(projects);
    const [plan] = await service.planAttachments(demo, undefined, []);
    assert.ok(plan);
    const group = await service.ensureDefaultGroup(projects.demoProjectId);
    await createRule(service.context, demo, {
      securityGroupId: group,
      direction: 'ingress',
      protocol: 'tcp',
      portRangeMin: 22,
      portRangeMax: 22,
      remoteIpPrefix: '192.0.2.9/24',
    });
    const request = { index: 0, projectId: projects.demoProjectId, plan };
    const web = await service.attachPort({ ...request, serverId: 's1', hostname: 'web' });
    const db = await service.attachPort({ ...request, serverId: 's2', hostname: 'db' });
    const wiring = await service.wiring(web.id);
    assert.ok(wiring);
    assert.equal(wiring.port.hostname, 'web');
    assert.deepEqual(wiring.port.fixedIps[0]?.address, '10.42.0.3');
    assert.equal(wiring.network.mtu, 1500);
    assert.deepEqual(
      wiring.network.subnets.map(({ cidr, gateway, dhcpAddress }) => [cidr, gateway, dhcpAddress]),
      [['10.42.0.0/16', '10.42.0.1', '10.42.0.2']],
    );
    const flows = wiring.port.rules.map((rule) => JSON.stringify([rule.ipVersion, rule.remotes]));
    const members = [web, db].map((port) => `${port.fixedIps[0]?.address}/32`);
    assert.ok(flows.includes(JSON.stringify([4, members])), flows.join());
    assert.ok(flows.includes('[6,[]]'));
    assert.ok(flows.includes('[4,["192.0.2.0/24"]]'));
    assert.equal(await service.wiring('missing'), undefined);
  });

  test('the first start seeds once, and what is deleted stays deleted', async () => {
    await using opened = await under.open();
    const host = new SimulatedNetworkHost();
    const service = await openService(opened.database, host);
    await service.seed(projects);
    await service.seed(projects);
    await service.start();
    await service.converged();
    assert.equal(host.networks.size, 2);
    const [router] = host.routers.values();
    assert.equal(router?.interfaces[0]?.address, '10.42.0.1');
    assert.equal(router?.externalGateway?.gateway, '172.24.4.1');
    assert.equal(router?.externalGateway?.address, '172.24.4.2');
    await service.close();
  });
}

eachDatabase('networks', (under) => {
  declareAllocation(under);
  declareLists(under);
  declareServers(under);
});
