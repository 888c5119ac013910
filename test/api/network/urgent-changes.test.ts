import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VirtualClock } from '#base/virtual-clock.ts';
import { startTestCloud } from '#test/cloud.ts';
import { eventually } from '#test/eventually.ts';
import { createSimulatedHosts } from '#test/hosts.ts';
import { makeServer, networkId } from '#test/servers.ts';

const serverCount = 5;

/** A cloud whose driver tells in which order ports are updated, and can be held at the first. */
async function openWatched() {
  const hosts = createSimulatedHosts();
  const updated: string[] = [];
  let held: { reached: () => void; goOn: Promise<void> } | undefined;
  const openDrivers = async () => {
    const drivers = await hosts.openDrivers();
    const updatePort = drivers.network.updatePort.bind(drivers.network);
    drivers.network.updatePort = async (port) => {
      updated.push(port.id);
      const hold = held;
      held = undefined;
      hold?.reached();
      await hold?.goOn;
      await updatePort(port);
    };
    return drivers;
  };
  const cloud = await startTestCloud({ openDrivers });
  const holdNext = () => {
    const reached = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    held = { reached: reached.resolve, goOn: goOn.promise };
    return { reached: reached.promise, goOn: goOn.resolve };
  };
  return { cloud, hosts, updated, holdNext };
}

test('a port that somebody changes does not wait for all others of its group', async () => {
  const { cloud, hosts, updated, holdNext } = await openWatched();
  await using closing = cloud;
  const { demo } = closing;
  const { networks } = cloud.cloud.services;
  const servers: string[] = [];
  for (let n = 0; n < serverCount; n += 1) servers.push(await makeServer(cloud));
  await networks.converged();
  const groups = await demo.get('/network/v2.0/security-groups?name=default');
  const security_group_id = groups.body.security_groups[0].id;
  const addRule = async (port: number) => {
    const range = { port_range_min: port, port_range_max: port };
    const rule = { security_group_id, direction: 'ingress', protocol: 'tcp', ...range };
    const answer = await demo.post('/network/v2.0/security-group-rules', {
      security_group_rule: rule,
    });
    assert.equal(answer.status, 201);
  };
  updated.length = 0;
  await addRule(80);
  await networks.converged();
  assert.equal(updated.length, serverCount);
  const last = updated.at(-1) ?? '';
  const { body } = await demo.get(`/network/v2.0/ports/${last}`);

  updated.length = 0;
  const hold = holdNext();
  await addRule(81);
  await hold.reached;
  const action = { addFixedIp: { networkId: await networkId(demo) } };
  const path = `/v2.1/servers/${body.port.device_id}/action`;
  assert.equal((await demo.post(path, action)).status, 202);
  hold.goOn();
  await networks.converged();
  assert.equal(updated[1], last);
  const made = hosts.network.ports.get(last);
  assert.equal(made?.fixedIps.length, 2);
  assert.ok(made?.rules.some((rule) => rule.portMin === 81));
  for (const port of hosts.network.ports.values()) {
    assert.ok(port.rules.some((rule) => rule.portMin === 81));
  }
});

test('a floating IP is lent and taken back at once, whatever else cannot be made', async () => {
  // Nothing that failed is tried again: this clock stands still.
  await using cloud = await startTestCloud({ clock: new VirtualClock() });
  const { demo, hosts } = cloud;
  const id = await makeServer(cloud);
  const pool = await demo.post('/v2.1/os-floating-ips', {});
  const { ip: address } = pool.body.floating_ip;
  await cloud.cloud.services.networks.converged();
  const translated = () =>
    [...hosts.network.routers.values()].flatMap((router) => router.floatingIps ?? []).length;
  hosts.network.failNext('ensureNetwork', { times: 100 });
  await demo.post('/network/v2.0/networks', { network: { name: 'broken' } });
  const act = async (body: object) => {
    const { status } = await demo.post(`/v2.1/servers/${id}/action`, body);
    assert.equal(status, 202);
  };
  for (const round of [1, 2]) {
    await act({ addFloatingIp: { address } });
    await eventually(`lent, ${round}`, () => translated() === 1);
    await act({ removeFloatingIp: { address } });
    await eventually(`taken back, ${round}`, () => translated() === 0);
  }
});
