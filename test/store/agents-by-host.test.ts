import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Agent, type WantedServer } from '#agent/agent.ts';
import { silentLog } from '#base/log.ts';
import { agentsByHost } from '#compute/hosts/agents.ts';
import { insertServer, updateServer } from '#compute/servers/store.ts';
import type { Queries } from '#db/database.ts';
import { openTestBus } from '#test/bus.ts';
import { eachDatabase } from '#test/databases.ts';
import { eventually } from '#test/eventually.ts';
import { createSimulatedHosts } from '#test/hosts.ts';
import { serverRow } from './server-row.ts';

const wanted = (id: string): WantedServer => ({
  id,
  instanceName: 'instance-00000001',
  vcpus: 1,
  memoryMib: 64,
  rootDisk: { diskId: id, imageId: 'image', imageFormat: 'raw', sizeBytes: 1024 },
  localDisks: [],
  configDrive: null,
  ports: [],
});

/** Two machines of their own, behind one front. */
async function twoHosts() {
  const machines = { a: createSimulatedHosts(), b: createSimulatedHosts() };
  const agents = new Map<string, Agent>();
  for (const [name, machine] of Object.entries(machines)) {
    machine.storage.images.set('image', Buffer.alloc(512));
    agents.set(name, new Agent({ ...(await machine.openDrivers()), log: silentLog }));
  }
  return { ...machines, agents };
}

function frontOf(agents: ReadonlyMap<string, Agent>, db: Queries) {
  const { bus, close } = openTestBus(agents);
  return { front: agentsByHost({ bus, db, log: silentLog, hosts: [] }), [Symbol.dispose]: close };
}

const never = new AbortController().signal;

eachDatabase('agents by host', (under) => {
  test('what is asked for a server is done on its host and on no other', async () => {
    await using opened = await under.open();
    const db = opened.database.queries;
    const { a, b, agents } = await twoHosts();
    using ends = frontOf(agents, db);
    const { front } = ends;
    await insertServer(db, serverRow({ id: 'on-a', host: 'a' }));
    await insertServer(db, serverRow({ id: 'on-b', host: 'b' }));
    await front.ensureRunning(wanted('on-a'), never);
    await front.ensureRunning(wanted('on-b'), never);
    assert.deepEqual([...a.hypervisor.guests.keys()], ['on-a']);
    assert.deepEqual([...b.hypervisor.guests.keys()], ['on-b']);
    assert.deepEqual([...(await front.powers()).keys()].sort(), ['on-a', 'on-b']);
    const ended: string[] = [];
    const stop = front.onEvent((event) => ended.push(event.guestId));
    await front.ensureOff('on-a', 0, never);
    b.hypervisor.endGuest('on-b');
    await eventually('both events', () => ended.length === 2);
    assert.deepEqual(ended.toSorted(), ['on-a', 'on-b']);
    stop();
    await front.removeGuest('on-a');
    await front.removeDisks('on-a');
    assert.deepEqual(a.leftovers(), { guests: [], ports: [], disks: [] });
    assert.deepEqual(b.leftovers().guests, ['on-b']);
  });

  test('a server on no host has nothing, and one on a lost host is not forgotten', async () => {
    await using opened = await under.open();
    const db = opened.database.queries;
    const { agents } = await twoHosts();
    using ends = frontOf(agents, db);
    const { front } = ends;
    await insertServer(db, serverRow({ id: 'nowhere' }));
    await insertServer(db, serverRow({ id: 'lost', host: 'c' }));
    await front.removeGuest('nowhere');
    assert.equal(await front.power('nowhere'), 'absent');
    await assert.rejects(front.ensureRunning(wanted('nowhere'), never), /is on no host/);
    await assert.rejects(front.removeGuest('lost'), /no agent serves host c/);
    await updateServer(db, 'lost', { host: 'b' }, 2);
    await front.removeGuest('lost');
  });

  test('the only machine there is serves its servers under any name it has had', async () => {
    await using opened = await under.open();
    const db = opened.database.queries;
    const { a, agents } = await twoHosts();
    agents.delete('b');
    using ends = frontOf(agents, db);
    const { front } = ends;
    await insertServer(db, serverRow({ id: 'old', host: 'old-name' }));
    await front.ensureRunning(wanted('old'), never);
    assert.deepEqual([...a.hypervisor.guests.keys()], ['old']);
  });
});

eachDatabase('events by host', (under) => {
  test('what a host tells of a server on another host is not heard', async () => {
    await using opened = await under.open();
    const db = opened.database.queries;
    const { a, b, agents } = await twoHosts();
    using ends = frontOf(agents, db);
    const { front } = ends;
    await insertServer(db, serverRow({ id: 'on-b', host: 'b' }));
    await front.ensureRunning(wanted('on-b'), never);
    await front.on('a').ensureRunning(wanted('on-b'), never);
    const heard: string[] = [];
    front.onEvent((event) => heard.push(event.reason));
    a.hypervisor.endGuest('on-b', 'told by a');
    b.hypervisor.endGuest('on-b', 'told by b');
    await eventually('an event', () => heard.length > 0);
    assert.deepEqual(heard, ['told by b']);
  });
});
