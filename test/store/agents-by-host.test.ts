import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Agent, type WantedServer } from '#agent/agent.ts';
import { silentLog } from '#base/log.ts';
import { AgentsByHost } from '#compute/hosts/agents.ts';
import { insertServer, updateServer } from '#compute/servers/store.ts';
import { eachDatabase } from '#test/databases.ts';
import { createSimulatedHosts } from '#test/hosts.ts';
import { serverRow } from './server-row.ts';

const wanted = (id: string): WantedServer => ({
  id,
  instanceName: 'instance-00000001',
  vcpus: 1,
  memoryMib: 64,
  rootDisk: { diskId: id, imageId: 'image', imageFormat: 'raw', sizeBytes: 1024 },
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

const never = new AbortController().signal;

eachDatabase('agents by host', (under) => {
  test('what is asked for a server is done on its host and on no other', async () => {
    await using opened = await under.open();
    const db = opened.database.queries;
    const { a, b, agents } = await twoHosts();
    const front = new AgentsByHost(agents, db);
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
    stop();
    assert.deepEqual(ended, ['on-a', 'on-b']);
    await front.removeGuest('on-a');
    await front.removeDisks('on-a');
    assert.deepEqual(a.leftovers(), { guests: [], ports: [], disks: [] });
    assert.deepEqual(b.leftovers().guests, ['on-b']);
  });

  test('a server on no host has nothing, and one on a lost host is not forgotten', async () => {
    await using opened = await under.open();
    const db = opened.database.queries;
    const { agents } = await twoHosts();
    const front = new AgentsByHost(agents, db);
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
    const front = new AgentsByHost(agents, db);
    await insertServer(db, serverRow({ id: 'old', host: 'old-name' }));
    await front.ensureRunning(wanted('old'), never);
    assert.deepEqual([...a.hypervisor.guests.keys()], ['old']);
  });
});
