import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Agent } from '#agent/agent.ts';
import { errorOfRow, rowOfError } from '#agent/bus/error-rows.ts';
import { textOf } from '#agent/bus/messages.ts';
import { signed } from '#agent/bus/signature.ts';
import { fromHost, toHost } from '#agent/bus/transport.ts';
import { limits } from '#base/limits.ts';
import { silentLog } from '#base/log.ts';
import { VirtualClock } from '#base/virtual-clock.ts';
import { DiskTooSmall, ImageNotStored } from '#drivers/storage/storage.ts';
import { openTestBus } from '#test/bus.ts';
import { createSimulatedHosts } from '#test/hosts.ts';

const wanted = {
  id: 'server',
  instanceName: 'instance-00000001',
  vcpus: 1,
  memoryMib: 64,
  rootDisk: { diskId: 'server', imageId: 'image', imageFormat: 'raw' as const, sizeBytes: 1024 },
  localDisks: [],
  configDrive: null,
  ports: [],
};

async function openHosts(clock = new VirtualClock()) {
  const machines = { a: createSimulatedHosts(), b: createSimulatedHosts() };
  const agents = new Map<string, Agent>();
  for (const [name, machine] of Object.entries(machines)) {
    machine.storage.images.set('image', Buffer.alloc(512));
    agents.set(name, new Agent({ ...(await machine.openDrivers()), log: silentLog }));
  }
  const test = openTestBus(agents, clock);
  return { ...machines, ...test, clock, [Symbol.dispose]: test.close };
}

const never = new AbortController().signal;

test('a call does its work on the host it is sent to and answers with its result', async () => {
  using hosts = await openHosts();
  await hosts.bus.agentOf('b').ensureRunning(wanted, never);
  assert.deepEqual(await hosts.bus.agentOf('b').powers(), [['server', 'running']]);
  assert.deepEqual(await hosts.bus.agentOf('a').powers(), []);
  assert.equal(await hosts.bus.agentOf('b').diagnostics('other'), undefined);
});

test('errors cross with their names, and known classes are what they were', async () => {
  using hosts = await openHosts();
  const tooLarge = { ...wanted, rootDisk: { ...wanted.rootDisk, sizeBytes: 100 } };
  await assert.rejects(hosts.bus.agentOf('a').ensureDisks(tooLarge), (error) => {
    assert.ok(error instanceof DiskTooSmall);
    assert.deepEqual([error.sizeBytes, error.imageVirtualSizeBytes], [100, 512]);
    return true;
  });
  const nowhere = { ...wanted, rootDisk: { ...wanted.rootDisk, imageId: 'none' } };
  await assert.rejects(hosts.bus.agentOf('a').ensureDisks(nowhere), ImageNotStored);
  const strange = errorOfRow(rowOfError(Object.assign(new Error('said'), { name: 'Strange' })));
  assert.deepEqual([strange.name, strange.message], ['Strange', 'said']);
});

test('only plain data pass, also where both ends are one process', () => {
  for (const value of [new Map(), new Date(0), Buffer.alloc(1), () => 1, 1n, Number.NaN]) {
    assert.throws(() => textOf({ value }), /value cannot cross a wire/);
  }
  assert.equal(
    textOf({ a: [1, 'x', null, { b: true }], c: undefined }),
    '{"a":[1,"x",null,{"b":true}]}',
  );
});

test('a host that is unknown, gone or silent is an error and never a hang', async () => {
  using hosts = await openHosts();
  await assert.rejects(hosts.bus.agentOf('c').powers(), {
    name: 'AgentUnreachable',
    message: 'no agent serves host c',
  });
  hosts.stop('a');
  await assert.rejects(hosts.bus.agentOf('a').powers(), /the agent of host a is not there/);
  // Somebody listens there, but says nothing.
  hosts.transport.subscribe(toHost('a'), () => undefined);
  const asked = hosts.bus.agentOf('a').powers();
  const refused = assert.rejects(asked, /host a did not answer powers in time/);
  await hosts.clock.advance(limits.agentAnswerMs);
  await refused;
});

test('a call that is called off ends on the host, and with the caller’s own reason', async () => {
  using hosts = await openHosts();
  const agent = hosts.bus.agentOf('a');
  await agent.ensureRunning(wanted, never);
  hosts.a.hypervisor.ignorePowerButton('server');
  const stop = new AbortController();
  const asked = agent.ensureOff('server', 60_000, stop.signal);
  const reason = new Error('superseded');
  const refused = assert.rejects(asked, (error) => error === reason);
  setImmediate(() => stop.abort(reason));
  await refused;
  assert.deepEqual(await agent.powers(), [['server', 'running']]);
});

test('an agent does nothing that was not signed for its own host', async () => {
  using hosts = await openHosts();
  const told: string[] = [];
  hosts.transport.subscribe(fromHost('b'), (text) => told.push(text));
  const args = [wanted];
  const request = { kind: 'request', id: '1', call: 'ensureRunning', args, cancellable: true };
  const sentMs = hosts.clock.nowMs();
  const ofA = 'credential of a';
  const order = { ...request, sentMs };
  hosts.transport.publish(toHost('b'), signed(ofA, toHost('b'), order));
  hosts.transport.publish(toHost('b'), signed(ofA, toHost('a'), order));
  hosts.transport.publish(toHost('b'), JSON.stringify(order));
  hosts.transport.publish(toHost('b'), '');
  const late = { ...request, sentMs: sentMs - limits.messageAgeMs - 1 };
  hosts.transport.publish(toHost('b'), signed('credential of b', toHost('b'), late));
  assert.deepEqual(await hosts.bus.agentOf('b').powers(), []);
  assert.equal(told.length, 1);
  const good = signed('credential of b', toHost('b'), { ...order, call: 'hostUptime', args: [] });
  hosts.transport.publish(toHost('b'), good);
  hosts.transport.publish(toHost('b'), good);
  await hosts.bus.agentOf('b').powers();
  assert.equal(told.length, 3, 'a recording that is played again does nothing');
  const inherited = { ...order, id: '2', call: 'constructor' };
  hosts.transport.publish(toHost('b'), signed('credential of b', toHost('b'), inherited));
  await hosts.bus.agentOf('b').powers();
  assert.match(told.at(-2) ?? '', /agents have no call/);
});

test('a host is unable to speak for another: events, beats and answers', async () => {
  using hosts = await openHosts();
  const heard: string[] = [];
  hosts.bus.onEvent((host) => heard.push(`event of ${host}`));
  hosts.bus.onHeartbeat((host) => heard.push(`beat of ${host}`));
  const sentMs = hosts.clock.nowMs();
  const event = { guestId: 'server', kind: 'stopped', reason: 'died' };
  const forged = { kind: 'event', event, sentMs };
  const ofA = 'credential of a';
  hosts.transport.publish(fromHost('b'), signed(ofA, fromHost('b'), forged));
  hosts.transport.publish(fromHost('b'), signed(ofA, fromHost('a'), forged));
  hosts.transport.publish(fromHost('b'), signed(ofA, fromHost('b'), { kind: 'heartbeat', sentMs }));
  assert.deepEqual(heard, []);
  // What the control plane said to a host is nothing that the host said.
  const spoken: string[] = [];
  hosts.transport.subscribe(toHost('b'), (text) => spoken.push(text));
  await hosts.bus.agentOf('b').powers();
  for (const text of spoken) hosts.transport.publish(fromHost('b'), text);
  const old = { kind: 'heartbeat', sentMs: sentMs - limits.messageAgeMs - 1 };
  hosts.transport.publish(fromHost('a'), signed(ofA, fromHost('a'), old));
  assert.deepEqual(heard, []);
  hosts.transport.publish(fromHost('a'), signed(ofA, fromHost('a'), { kind: 'heartbeat', sentMs }));
  hosts.transport.publish(fromHost('a'), signed(ofA, fromHost('a'), forged));
  assert.deepEqual(heard, ['beat of a', 'event of a']);
  // An answer counts only from whom was asked.
  hosts.stop('b');
  hosts.transport.subscribe(toHost('b'), (text) => {
    const { id } = JSON.parse(text.slice(text.indexOf('{')));
    hosts.transport.publish(
      fromHost('a'),
      signed(ofA, fromHost('a'), { kind: 'reply', id, result: [], sentMs }),
    );
  });
  const asked = hosts.bus.agentOf('b').powers();
  const refused = assert.rejects(asked, /did not answer/);
  await hosts.clock.advance(limits.agentAnswerMs);
  await refused;
});

test('an agent beats from its start until it ends', async () => {
  using hosts = await openHosts();
  const heard: string[] = [];
  hosts.bus.onHeartbeat((host) => heard.push(host));
  await hosts.clock.advance(limits.heartbeatMs);
  assert.deepEqual(heard.toSorted(), ['a', 'b']);
  hosts.stop('a');
  await hosts.clock.advance(limits.heartbeatMs);
  assert.deepEqual(heard.toSorted(), ['a', 'b', 'b']);
});

test('a stream of bytes is fetched beside the messages, and by one ticket once', async () => {
  using hosts = await openHosts();
  const agent = hosts.bus.agentOf('a');
  await agent.ensureRunning(wanted, never);
  let told = '';
  hosts.transport.subscribe(fromHost('a'), (text) => {
    told += text;
  });
  const stream = await agent.openConsole('server', 'serial');
  assert.ok(stream);
  stream.destroy();
  const [, ticket = ''] = /"ticket":"([^"]+)"/.exec(told) ?? [];
  assert.notEqual(ticket, '');
  assert.equal(hosts.transport.fetch(ticket), undefined);
  assert.equal(await agent.openConsole('other', 'serial'), undefined);
});
