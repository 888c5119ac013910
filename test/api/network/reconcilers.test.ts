import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { randomIds } from '#base/ids.ts';
import { limits } from '#base/limits.ts';
import { silentLog } from '#base/log.ts';
import { VirtualClock } from '#base/virtual-clock.ts';
import { openDatabase } from '#db/database.ts';
import {
  openSimulatedNetwork,
  SimulatedNetworkHost,
} from '#drivers/network/simulated/simulated-network.ts';
import { createNetwork } from '#network/networks/create.ts';
import { deleteNetwork } from '#network/networks/delete.ts';
import type { Network } from '#network/networks/network.ts';
import { createRule } from '#network/security-group-rules/create.ts';
import { createNetworks, type NetworkService } from '#network/service.ts';
import { systemActor } from '#policy/actor.ts';
import { allow } from '#policy/engine.ts';
import { temporaryState } from '#test/state.ts';

const actor = systemActor('project-demo');
const projects = { adminProjectId: 'project-admin', demoProjectId: 'project-demo' };

/** Services one after another on one database and one host, as restarted processes would be. */
async function openPlace() {
  const state = temporaryState();
  const database = await openDatabase(join(state.path, 'test.sqlite'));
  const host = new SimulatedNetworkHost();
  const clock = new VirtualClock();
  const opened: NetworkService[] = [];
  return {
    host,
    clock,
    open: async () => {
      const driver = await openSimulatedNetwork(host);
      const service = createNetworks({
        database,
        clock,
        ids: randomIds,
        log: silentLog,
        driver,
        onPortLost: async () => () => undefined,
      });
      opened.push(service);
      return service;
    },
    [Symbol.asyncDispose]: async () => {
      for (const service of opened) await service.close();
      await database.close();
      state[Symbol.dispose]();
    },
  };
}

/** What the agent does for a server’s first port. */
async function plug(service: NetworkService, host: SimulatedNetworkHost, serverId: string) {
  const [plan] = await service.planAttachments(actor, undefined, []);
  assert.ok(plan);
  const request = { serverId, index: 0, projectId: 'project-demo', hostname: serverId, plan };
  const port = await service.attachPort(request);
  const wiring = await service.wiring(port.id);
  assert.ok(wiring);
  const driver = await openSimulatedNetwork(host);
  await driver.ensureNetwork(wiring.network);
  await driver.plugPort(wiring.port);
  await service.setPortStatus(port.id, 'ACTIVE');
  return port;
}

function permitted(network: Network) {
  const target = allow(actor, network, () => true);
  assert.ok(target);
  return target;
}

test('networks made or deleted while nobody reconciled are caught up with at start', async () => {
  await using place = await openPlace();
  const first = await place.open();
  const kept = await createNetwork(first.context, actor, { name: 'kept' });
  const lost = await createNetwork(first.context, actor, { name: 'lost' });
  await first.start();
  await first.converged();
  assert.deepEqual([...place.host.networks.keys()].sort(), [kept.id, lost.id].sort());
  await first.close();
  await deleteNetwork(first.context, actor, permitted(lost));
  const second = await place.open();
  await second.start();
  await second.converged();
  assert.deepEqual([...place.host.networks.keys()], [kept.id]);
});

test('ports that the host has and the database does not are unplugged at the start', async () => {
  await using place = await openPlace();
  const service = await place.open();
  await service.seed(projects);
  const port = await plug(service, place.host, 'server-1');
  await service.releasePorts('server-1');
  assert.ok(place.host.ports.has(port.id));
  await service.start();
  await service.converged();
  assert.equal(place.host.ports.size, 0);
});

test('plugged ports follow their group’s rules and the members that rules name', async () => {
  await using place = await openPlace();
  const service = await place.open();
  await service.seed(projects);
  await service.start();
  const [a, b] = [
    await plug(service, place.host, 'server-a'),
    await plug(service, place.host, 'server-b'),
  ];
  await service.converged();
  const rulesOf = (portId: string) => place.host.ports.get(portId)?.rules ?? [];
  const remotesOf = (portId: string) => rulesOf(portId).flatMap((rule) => rule.remotes ?? []);
  const addresses = [a, b].map((port) => `${port.fixedIps[0]?.address}/32`);
  assert.deepEqual(remotesOf(a.id), addresses);
  const securityGroupId = a.securityGroups[0]?.id ?? '';
  const ssh = { protocol: 'tcp', portRangeMin: 22, portRangeMax: 22 };
  await createRule(service.context, actor, { securityGroupId, direction: 'ingress', ...ssh });
  await service.converged();
  for (const port of [a, b]) {
    assert.ok(rulesOf(port.id).some((rule) => rule.protocol === 'tcp' && rule.portMin === 22));
  }
  await service.releasePorts('server-b');
  await service.converged();
  assert.deepEqual(remotesOf(a.id), addresses.slice(0, 1));
});

test('rules that change between the agent’s look and its plugging still arrive', async () => {
  await using place = await openPlace();
  const service = await place.open();
  await service.seed(projects);
  await service.start();
  const [plan] = await service.planAttachments(actor, undefined, []);
  assert.ok(plan);
  const request = { serverId: 's', index: 0, projectId: 'project-demo', hostname: 's', plan };
  const port = await service.attachPort(request);
  const old = await service.wiring(port.id);
  assert.ok(old);
  const securityGroupId = port.securityGroups[0]?.id ?? '';
  await createRule(service.context, actor, {
    securityGroupId,
    direction: 'ingress',
    protocol: 'gre',
  });
  await service.converged();
  const driver = await openSimulatedNetwork(place.host);
  await driver.plugPort(old.port);
  await service.setPortStatus(port.id, 'ACTIVE');
  await service.converged();
  const protocols = place.host.ports.get(port.id)?.rules.map((rule) => rule.protocol);
  assert.ok(protocols?.includes('47'));
});

test('a host that refuses is asked again later, and the rest does not wait for it', async () => {
  await using place = await openPlace();
  const service = await place.open();
  await service.start();
  await service.converged();
  place.host.failNext('ensureNetwork', { times: 2 });
  await createNetwork(service.context, actor, { name: 'a' });
  let isDone = false;
  const done = service.converged().then(() => {
    isDone = true;
  });
  while (!isDone) {
    await place.clock.advance(1000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await done;
  assert.equal(place.host.networks.size, 1);
  assert.equal(place.host.calls.get('ensureNetwork'), 3);
});

test('wires that somebody else damaged are made again, and whole ones are left alone', async () => {
  await using place = await openPlace();
  const service = await place.open();
  await service.seed(projects);
  await service.start();
  const port = await plug(service, place.host, 'server-1');
  await service.converged();
  const before = new Map(place.host.calls);
  await place.clock.advance(limits.wiresComparisonMs);
  // Takes as many turns as the round beside it.
  assert.deepEqual(await service.findDamage(), { networkIds: [], routerIds: [], portIds: [] });
  await service.converged();
  assert.deepEqual(place.host.calls, before);
  const [routerId = ''] = place.host.routers.keys();
  place.host.routers.delete(routerId);
  place.host.damaged.add(port.networkId).add(port.id);
  const found = { networkIds: [port.networkId], routerIds: [routerId], portIds: [port.id] };
  assert.deepEqual(await service.findDamage(), found);
  place.host.failNext('updatePort');
  while (place.host.damaged.size > 0 || !place.host.routers.has(routerId)) {
    await place.clock.advance(1000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.ok(place.host.ports.has(port.id));
});

test('nothing is done twice when nothing changed', async () => {
  await using place = await openPlace();
  const service = await place.open();
  await service.seed(projects);
  await service.start();
  await service.converged();
  const before = new Map(place.host.calls);
  await service.converged();
  assert.deepEqual(place.host.calls, before);
});
