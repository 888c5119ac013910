import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SimulatedNetworkHost } from '#drivers/network/simulated/simulated-network.ts';
import { readListQuery } from '#network/listing/query.ts';
import { createNetwork } from '#network/networks/create.ts';
import { listNetworks } from '#network/networks/list.ts';
import { createPort } from '#network/ports/create.ts';
import { createRule } from '#network/security-group-rules/create.ts';
import { listScope } from '#policy/engine.ts';
import { type DatabaseUnderTest, eachDatabase } from '#test/databases.ts';
import { admin, demo, makeNetwork, openService, projects, refusal } from './network-service.ts';

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
}

function declarePlans(under: DatabaseUnderTest): void {
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
}

function declareWiring(under: DatabaseUnderTest): void {
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

eachDatabase('ports of servers', (under) => {
  declareServers(under);
  declarePlans(under);
  declareWiring(under);
});
